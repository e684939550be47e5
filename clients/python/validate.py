"""Validates FHIR with the models of fhir.resources, which are made from HL7's definitions: R5, and R4B for R4.

Reads JSON lines `[release, resource]` from standard input, and asks the server at JHE_URL for what it answers itself.
"""

import json
import os
import sys
from importlib import import_module

import requests
from pydantic import ValidationError

BASES = {"R5": "fhir.resources", "R4": "fhir.resources.R4B"}
session = requests.Session()
session.headers["Authorization"] = f"Bearer {os.environ['JHE_TOKEN']}"
counts = {}


def validate(release, resource):
    kind = resource["resourceType"]
    model = getattr(import_module(f"{BASES[release]}.{kind.lower()}"), kind)
    model.model_validate_json(json.dumps(resource))
    counts[f"{release} {kind}"] = counts.get(f"{release} {kind}", 0) + 1


def ask(release, path, status=200):
    answer = session.get(f"{os.environ['JHE_URL']}/FHIR/{release}/{path}")
    assert answer.status_code == status, (path, answer.status_code)
    validate(release, answer.json())
    return answer.json()


def walk(release, path):
    while path is not None:
        bundle = ask(release, path)
        for entry in bundle["entry"]:
            validate(release, entry["resource"])
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        path = links["next"].split(f"/FHIR/{release}/")[1] if "next" in links else None


given = [json.loads(line) for line in sys.stdin]
for release, resource in given:
    validate(release, resource)
for release in BASES:
    ask(release, "metadata")
    ask(release, "Observation/x", 422)
    walk(release, "Observation?_count=500")
for kind in ("Patient", "Group", "Device"):
    walk("R5", f"{kind}?_count=1")

# The models do tell: a broken resource of each release is refused.
for release in BASES:
    good = next(resource for its_release, resource in given if its_release == release)
    for broken in ({"code": None}, {"status": 7}, {"effective": "now"}, {"subject": {"reference": 40001}}, {"device": []}):
        try:
            validate(release, {key: value for key, value in {**good, **broken}.items() if value is not None})
        except ValidationError:
            continue
        raise AssertionError(f"{release} takes {broken}")

print(f"fhir.resources finds nothing wrong: {', '.join(f'{count} {name}' for name, count in sorted(counts.items()))}.")
