-- A patient's wearables at Open Wearables, and the attempts to connect one.

create table connect_attempts (
  id uuid not null default gen_random_uuid(),
  patient_id integer not null,
  provider text not null,
  session_hash bytea not null,
  -- The one-time part of the return address that the vendor's browser redirect brings back.
  return_hash bytea not null,
  -- Where the vendor's sign-in page is; its state binds the vendor's answer to the browser of this attempt.
  authorization_url text,
  outcome text,
  started_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  returned_at timestamptz,
  ended_at timestamptz,
  constraint connect_attempts_pkey primary key (id),
  constraint connect_attempts_patient_fkey foreign key (patient_id) references patients (id),
  constraint connect_attempts_return_unique unique (return_hash),
  constraint connect_attempts_outcome_known check (outcome in ('connected', 'denied', 'failed', 'expired', 'superseded'))
);
create unique index connect_attempts_one_open on connect_attempts (patient_id) where outcome is null;

create table connections (
  patient_id integer not null,
  provider text not null,
  status text not null,
  connected_at timestamptz,
  checked_at timestamptz not null default now(),
  constraint connections_pkey primary key (patient_id, provider),
  constraint connections_patient_fkey foreign key (patient_id) references patients (id),
  constraint connections_status_known check (status in ('active', 'revoked', 'expired'))
);
