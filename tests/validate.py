"""validate.py SCHEMA: reads a JSON document on standard input; exit 0 when it is valid, 1 with the reason
when it is not, 77 when the jsonschema package is not there. Schemas beside it are known by their $id."""
import glob
import json
import os
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

with open(sys.argv[1]) as f:
    schema = json.load(f)
beside = {}
for path in glob.glob(os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), "*.schema.json")):
    with open(path) as f:
        other = json.load(f)
    if "$id" in other:
        beside[other["$id"]] = other
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
resolver = jsonschema.RefResolver.from_schema(schema, id_of=validator.ID_OF, store=beside)
found = validator(schema, resolver=resolver).iter_errors(json.load(sys.stdin))
errors = sorted(found, key=lambda e: list(map(str, e.absolute_path)))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:300])
sys.exit(1 if errors else 0)
