-- Clients that follow what changed (`_sort=_lastUpdated`, the list of /api/v1/observations) read a page along this index.

create index observations_by_change on observations (patient_id, concept_id, updated_at desc, id desc);
