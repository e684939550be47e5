-- concurrently
-- What a complete read did not show: few rows, looked up by every complete read that may show them again.
create index concurrently if not exists observations_missing on observations (patient_id, identifier) where missing_since is not null;
