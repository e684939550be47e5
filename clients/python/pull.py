"""Pulls every heart rate of a patient into a data frame.

Reads JHE_URL and JHE_TOKEN, and whose and how many to expect as JSON from standard input. The frame is pandas' own:
`tidy_observation` takes the client 2 ms an observation, whoever the server is, and smoke.py has its frames.
"""

import json
import sys

import pandas as pd
from jupyterhealth_client import Code, JupyterHealthClient

expected = json.load(sys.stdin)
observations = JupyterHealthClient().list_observations(
    patient_id=expected["patient"], code=Code.HEART_RATE, limit=None
)
frame = pd.DataFrame.from_records(observations)
assert len(frame) == expected["observations"], len(frame)
assert frame["id"].is_unique, "some came twice"
assert frame["valueAttachment"].notna().all()
