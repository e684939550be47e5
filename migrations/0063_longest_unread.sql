-- concurrently
-- Patients by when they were last read to the end, or since when they cannot be: how far the one behind most has been read.
create index concurrently if not exists patient_sync_longest_unread
  on patient_sync ((case when outcome = 'could not read' then outcome_since else polled_at end))
  where outcome in ('new data', 'nothing new', 'could not read');
