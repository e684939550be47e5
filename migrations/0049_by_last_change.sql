-- Reading by when observations last changed, a page at a time, without sorting all of a patient's first.
create index observations_by_change on observations (patient_id, concept_id, updated_at desc, id desc);
