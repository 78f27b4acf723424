"""Writes genson.json beside each halves/<seed>/<provider>/bodies.json: a schema for each event."""

import json
import pathlib
import sys

from genson import SchemaBuilder


def schema(bodies):
    builder = SchemaBuilder()
    for body in bodies:
        builder.add_object(body)
    return builder.to_schema()


for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*/bodies.json")):
    events = json.loads(path.read_text())
    schemas = {event: schema(bodies) for event, bodies in events.items()}
    path.with_name("genson.json").write_text(json.dumps(schemas))
