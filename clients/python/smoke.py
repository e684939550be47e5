"""Calls every public method of jupyterhealth-client, unmodified, against a running world.

Reads JHE_URL and JHE_TOKEN, and what to expect as JSON from standard input.
"""

import inspect
import json
import sys

import pandas as pd
from jupyterhealth_client import Code, JupyterHealthClient, tidy_observation

expected = json.load(sys.stdin)
client = JupyterHealthClient()
patient, study, organization = expected["patient"], expected["study"], expected["organization"]
called = set()


def call(name, *args, **kwargs):
    called.add(name)
    answer = getattr(client, name)(*args, **kwargs)
    return list(answer) if inspect.isgenerator(answer) else answer


user = call("get_user")
assert user["email"] == expected["email"] and user["userType"] == "practitioner", user
assert call("api_request", "users/profile")["id"] == user["id"]

peter = call("get_patient", patient)
assert peter["telecomEmail"] == expected["patientEmail"], peter
assert call("lookup_patient", email=expected["patientEmail"])["id"] == patient
assert call("lookup_patient", external_id="abc123")["id"] == patient
assert call("get_patient_by_external_id", "E1234")["id"] == patient
try:
    client.lookup_patient(email="nobody@example.com")
    raise AssertionError("nobody was found")
except KeyError:
    pass
assert patient in [one["id"] for one in call("list_patients")]
assert patient in [one["id"] for one in call("list_patients", organization_id=organization, study_id=study)]
consents = call("get_patient_consents", patient)
assert consents["patient"]["id"] == patient and consents["studies"], consents

assert call("get_study", study)["organization"]["id"] == organization
assert study in [one["id"] for one in call("list_studies", organization_id=organization)]
assert call("get_organization", 0)["type"] == "root"
assert organization in [one["id"] for one in call("list_organizations")]
assert "Oura" in [one["name"] for one in call("list_data_sources")]

for where in ({"patient_id": patient}, {"study_id": study}, {"patient_id": patient, "study_id": study}):
    found = call("list_observations", **where, code=Code.HEART_RATE, limit=None)
    assert len(found) == expected["observations"], (where, len(found))
assert len(call("list_observations", patient_id=patient, limit=10)) == 10
for code in Code:
    call("list_observations", patient_id=patient, code=code)
assert "heart_rate_value" in tidy_observation(found[0])
frame = call("list_observations_df", patient_id=patient, code=Code.HEART_RATE, limit=None)
assert len(frame) == expected["observations"] and frame["heart_rate_value"].notna().all()
assert pd.api.types.is_datetime64_any_dtype(frame["effective_time_frame_date_time"])

statement = call("get_fhir_capability_statement")
assert statement["resourceType"] == "CapabilityStatement" and statement["fhirVersion"] == "5.0.0"
types = call("list_fhir_resource_types")
assert {"Observation", "Patient", "Group", "Device"} <= set(types), types
assert call("get_fhir", "Observation", found[0]["id"])["id"] == found[0]["id"]
for resource_type in ("Observation", "Patient", "Group", "Device"):
    assert call("list_fhir", resource_type, limit=5), resource_type
assert call("list_fhir", "Observation", patient_id=patient, fhir_source="imported") == []

public = {name for name, _ in inspect.getmembers(JupyterHealthClient, inspect.isfunction) if not name.startswith("_")}
assert called >= public, f"not called: {public - called}"
print(f"{len(public)} methods, {expected['observations']} observations")
