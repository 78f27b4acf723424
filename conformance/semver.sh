#!/bin/sh
# What `diff` says of source, beside cargo-semver-checks, which compares the two generated crates; either way round, as
# what one edition adds the other lacks. Writes results/semver.md.
#
#   cargo install cargo-semver-checks --locked    and jq
#   WEBHOOK_CORPUS=… sh conformance/semver.sh     WEBHOOK_EDITIONS, too, as for the test `wire`
#
# Exit status 1 where an item is reported of which `diff` lists no source break, or the other way round and no lint is
# known to be missing.
set -eu

: "${WEBHOOK_CORPUS:?names the folder of the corpus}"
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --release -p webhook-codegen-cli
command=${CARGO_TARGET_DIR:-target}/release/webhook-codegen

# What rustdoc says of the crate of a document, which is called the same in every edition.
generate() {
    mkdir -p "$2/specs/sender"
    cp "$1" "$2/specs/sender/document.json"
    [ -z "$setting" ] || echo "$setting" > "$2/specs/sender/provider.yaml"
    "$command" generate --specs "$2/specs" --out "$2/src" > "$2/log" 2>&1 || { cat "$2/log" >&2; exit 2; }
    cp Cargo.lock "$2"
    cat > "$2/Cargo.toml" << END
[package]
name = "sender-events"
version = "1.0.0"
edition = "2024"
[workspace]
[features]
sender = []
[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
webhook-runtime = { path = "$root/runtime" }
END
    # As cargo-semver-checks does it, but once for an edition, and what it depends on once for all.
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target cargo rustdoc --quiet --lib --all-features \
        --manifest-path "$2/Cargo.toml" -- -Z unstable-options --output-format json --cap-lints allow \
        --document-private-items --document-hidden-items
    mv "$work/target/doc/sender_events.json" "$2/rustdoc.json"
}

# The source breaks that `diff` lists in JSON: kind and item, as the old code calls it, without its module.
listed() {
    jq -r 'select(.verdicts // [] | index("source"))
        | (.path | sub("[^:.]*$"; "")) as $holder
        | (if .kind | endswith("_renamed") | not then .path
          elif .from | contains("::") then .from
          else $holder + .from end) as $item
        | [.kind, ($item | sub("^[a-z0-9_#]+::"; ""))] | @tsv' | sort -u
}

# What cargo-semver-checks reports: lint and item, likewise.
reported() {
    awk '/^--- failure /{lint = $3; sub(":$", "", lint)}
        /^Failed in:/{listing = 1; next}
        /^ *$/{listing = 0}
        listing{print lint "\t" $0}' |
        sed -E -e 's/,? (previously )?in (file )?[^ ]+:[0-9]+$//' -e 's/\t *field ([^ ]+) of struct ([^ ]+)/\t\2.\1/' \
            -e 's/\t *[a-z]+ /\t/' -e 's/ (became|is no longer|no longer) .*//' -e 's/\t([a-z0-9_#]+::)+/\t/' | sort -u
}

# `2 field_removed, 1 type_removed`
counted() {
    cut -f 1 | sort | uniq -c | awk '{printf "%s%d `%s`", gap, $1, $2; gap = ", "}'
}

# The lines of $1 whose item is in no line of $2.
only() {
    awk -F '\t' -v other="$2" 'FILENAME == other{items[$2]; next} !($2 in items)' "$2" "$1"
}

# Of lines with items, those that `diff` does not tell by another line: a type that a field was the only one to hold is
# gone with that field, whose line names it, and a type that is in another one with that, whose name it starts with.
untold() {
    jq -r 'select(.verdicts // [] | index("source")) | .path, .from // "" | scan("[A-Za-z0-9_]+")' "$work/diff" |
        grep '^[A-Z]' > "$work/words" || true
    awk -F '\t' -v words="$work/words" 'FILENAME == words{word[$1]; next}
        {told = 0; for (name in word) told = told || (index($2, name) == 1 && $1 ~ /_missing$/); if (!told) print}' \
        "$work/words" -
}

# A row for two folders that hold crates.
row() {
    pair="${1##*/} → ${2##*/}"
    status=0
    "$command" diff "$1/specs" "$2/specs" --format json > "$work/diff" || status=$?
    [ "$status" -lt 2 ]
    listed < "$work/diff" > "$work/listed"
    cargo semver-checks check-release --color never --release-type patch \
        --current-rustdoc "$2/rustdoc.json" --baseline-rustdoc "$1/rustdoc.json" > "$work/said" 2> "$work/log" || true
    bump=$(cat "$work/said" "$work/log" |
        sed -nE 's/.*Summary semver requires new (major|minor) version.*/\1/p; s/.*Summary no semver update.*/none/p')
    [ -n "$bump" ] || { cat "$work/log" >&2; exit 2; }
    reported < "$work/said" > "$work/reported"
    only "$work/listed" "$work/reported" > "$work/unseen"
    only "$work/reported" "$work/listed" > "$work/more"
    # What is deprecated now is minor in both, and no source break.
    grep -v '_deprecated	' "$work/more" | untold > "$work/untold"
    printf '| %s | %s: %s | %s: %s | %s | %s |\n' "$pair" \
        "$(jq -r 'select(.bump).bump' "$work/diff")" "$(counted < "$work/listed")" \
        "$bump" "$(counted < "$work/reported")" "$(counted < "$work/unseen")" "$(counted < "$work/more")"
    grep -v '_changed	' "$work/unseen" | cat - "$work/untold" | sed "s/^/$pair: /" >> "$work/unexplained"
}

# Rows for a row of editions, the oldest first.
pairs() {
    old=
    for document; do
        new=$work/$(basename "$document" .json)
        generate "$document" "$new"
        [ -z "$old" ] || { row "$old" "$new"; row "$new" "$old"; }
        old=$new
    done
}

adyen() {
    name=$1
    shift
    for version; do set -- "$@" "$WEBHOOK_CORPUS/adyen/$name-$version.json"; shift; done
    pairs "$@"
}

rows() {
    setting=
    adyen MarketPayNotificationService v3 v4 v5 v6
    adyen BalancePlatformConfigurationNotification v1 v2
    adyen BalancePlatformTransferNotification v3 v4
    adyen ManagementNotificationService v1 v3
    adyen BalancePlatformRelayedAuthorisationNotification v1 v2 v4
    # Nothing is known of who sends these: each webhook is an event.
    setting='event_type: $request.header.webhook'
    [ -z "${WEBHOOK_EDITIONS:-}" ] || pairs "$WEBHOOK_EDITIONS"/*.json
}

: > "$work/unexplained"
rows > "$work/rows"
cat - "$work/rows" > conformance/results/semver.md << 'END'
# Source breaks beside cargo-semver-checks

Written by `semver.sh`, either way round. `diff` compares two documents; [cargo-semver-checks](https://crates.io/crates/cargo-semver-checks)
compares what rustdoc says of the two crates that are generated from them, under one name. The required version comes
first, then how many source breaks of which kind, or how many items by which lint.

Both require the same version for every pair. Why the items differ, where they do:

- `field_changed`, `type_changed`: there is no lint for the type of a field, of a variant or of an alias. The compiler
  refuses such code (`cli/tests/diff_source` tries it). Where nothing else breaks, that makes a pair major that
  cargo-semver-checks lets pass.
- `struct_missing`, `enum_missing` in the last column: a type that was written inside another, or inside a field, is
  gone with it. `diff` tells that in one line, and that line names the type, or the one it was in.
- `struct_field_marked_deprecated`: compatible in both, and a minor version; `diff` counts it as no source break.
- The wire: a change of the documents that no Rust type shows is none to rustdoc. It is not in the columns of this table,
  but in the version: a pair with wire breaks alone is major here, and there it is not. [wire.md](wire.md) has these.

| pair | `diff` | cargo-semver-checks | `diff` alone | cargo-semver-checks alone |
|---|---|---|---|---|
END
if [ -s "$work/unexplained" ]; then
    cat "$work/unexplained" >&2
    exit 1
fi
