-- Runtime toggles, and what the last poll of each patient found.

create table settings (
  key text not null,
  value jsonb,
  -- AES-256-GCM; only for settings that the registry calls secret.
  secret bytea,
  updated_at timestamptz not null default clock_timestamp(),
  updated_by integer,
  constraint settings_pkey primary key (key),
  constraint settings_updated_by_fkey foreign key (updated_by) references users (id),
  constraint settings_value_or_secret check (num_nonnulls(value, secret) = 1)
);

create table patient_sync (
  patient_id integer not null,
  outcome text not null,
  poll_id text not null,
  polled_at timestamptz not null default clock_timestamp(),
  created integer not null default 0,
  failure text,
  constraint patient_sync_pkey primary key (patient_id),
  constraint patient_sync_patient_fkey foreign key (patient_id) references patients (id),
  constraint patient_sync_outcome_known check (outcome in
    ('new data', 'nothing new', 'could not read', 'not consented', 'not connected'))
);
