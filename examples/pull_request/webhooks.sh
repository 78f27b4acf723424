#!/bin/sh
# Regenerates the crate, and prints in Markdown what a branch's documents do to receivers.
#
#   sh webhooks.sh BASE [SPECS] [OUT]    for example: sh webhooks.sh origin/main specs generated/src
#
# Exit status: 0 nothing breaks, 1 something breaks, 2 the documents cannot be read.
set -eu
base=${1:?name the branch to compare with, such as origin/main}
specs=${2:-specs}
out=${3:-generated/src}

webhook-codegen generate --specs "$specs" --out "$out" >&2 || exit 2
# The commit that the branch started from: what the base branch got since then is not this branch's doing.
start=$(git merge-base "$base" HEAD)
webhook-codegen diff "git:$start:$specs" "$specs" --format markdown
