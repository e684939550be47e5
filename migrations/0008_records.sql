-- Sessions and daily totals beside samples; what vanished upstream; how complete each day is.

-- A scope comes with the data type of its code; a study may ask for others of the same code by name.
alter table study_scopes add column extra_data_types text[] not null default '{}';

create or replace view covered_intervals as
select i.patient_id, i.study_id, i.concept_id, d.data_source_id, i.starts_at, i.ends_at, sc.extra_data_types
from consent_intervals i
join study_patients p on p.study_id = i.study_id and p.patient_id = i.patient_id
join study_scopes sc on sc.study_id = i.study_id and sc.concept_id = i.concept_id
join study_data_sources d on d.study_id = i.study_id
join data_source_scopes ds on ds.data_source_id = d.data_source_id and ds.concept_id = i.concept_id;

-- Since when complete reads of its day do not show it any more; the second one makes it an error.
alter table observations add column missing_since timestamptz;

-- A correction may move an end or an offset too: a revision holds everything that the rendering shows.
alter table observation_revisions
  add column effective_start timestamptz,
  add column start_offset smallint,
  add column end_offset smallint,
  add column datasheet text;

create or replace function keep_revision() returns trigger language plpgsql as $$
begin
  insert into observation_revisions (
    observation_id, revision, status, effective_start, effective_end, start_offset, end_offset, value, details, datasheet)
  select old.id, coalesce(max(revision), 0) + 1, old.status, old.effective_start, old.effective_end, old.start_offset,
         old.end_offset, old.value, old.details, old.datasheet
  from observation_revisions where observation_id = old.id;
  return null;
end $$;

drop trigger observations_keep_revision on observations;
create trigger observations_keep_revision after update on observations for each row
  when ((old.status, old.effective_start, old.effective_end, old.start_offset, old.end_offset, old.value,
         old.details::text, old.datasheet)
        is distinct from
        (new.status, new.effective_start, new.effective_end, new.start_offset, new.end_offset, new.value,
         new.details::text, new.datasheet))
  execute function keep_revision();

-- One record may be refused by one data type and taken by another.
alter table dead_letters add column data_type text;

-- What Open Wearables showed of a closed day (UTC) in the newest complete read, and what became of it.
create table coverage (
  patient_id integer not null,
  data_type text not null,
  -- What it was read from: one kind of data may come as workouts and as totals of a day.
  kind text not null,
  day date not null,
  -- Rows that were shown, and the measurements they make: two halves are one blood pressure.
  shown integer not null,
  expected integer not null,
  stored integer not null,
  rejected integer not null,
  checked_at timestamptz not null default clock_timestamp(),
  constraint coverage_pkey primary key (patient_id, data_type, kind, day),
  constraint coverage_patient_fkey foreign key (patient_id) references patients (id),
  constraint coverage_kind_known check (kind in ('sample', 'sleep', 'workout', 'summary')),
  constraint coverage_counts_whole check (shown >= 0 and expected >= 0 and stored >= 0 and rejected >= 0)
);

-- Pages whose every sample is stored: one that comes again unchanged is not converted again.
create table page_fingerprints (
  patient_id integer not null,
  page bytea not null,
  fingerprint bytea not null,
  seen_at timestamptz not null default clock_timestamp(),
  constraint page_fingerprints_pkey primary key (patient_id, page),
  constraint page_fingerprints_patient_fkey foreign key (patient_id) references patients (id)
);
