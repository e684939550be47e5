-- Disconnects that a patient asked for, with what became of them: what is under way is shown as under way.

create table connection_endings (
  patient_id integer not null,
  provider text not null,
  -- Also delete what Open Wearables keeps of this wearable.
  is_purge boolean not null,
  asked_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  outcome text,
  constraint connection_endings_pkey primary key (patient_id, provider, is_purge),
  constraint connection_endings_patient_fkey foreign key (patient_id) references patients (id),
  constraint connection_endings_outcome_known
    check (outcome in ('disconnected', 'still needed', 'purged', 'purge not possible'))
);

-- Since when a poll has found the same for a patient: "could not read" tells since when.
alter table patient_sync add column outcome_since timestamptz not null default clock_timestamp();
