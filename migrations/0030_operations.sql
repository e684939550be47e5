-- What operators look at: the polls, whether the database takes writes, connections that ended without being asked to.

create table polls (
  -- The workflow's id.
  id text not null,
  trigger text not null default 'schedule',
  asked_by integer,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  -- Null while it runs.
  outcome text,
  message text,
  due integer not null default 0,
  read integer not null default 0,
  in_flight integer not null default 0,
  not_read integer not null default 0,
  created integer not null default 0,
  amended integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  -- How many of those who could not be read, by the type of the failure.
  failures jsonb not null default '{}',
  constraint polls_pkey primary key (id),
  constraint polls_asked_by_fkey foreign key (asked_by) references users (id),
  constraint polls_trigger_known check (trigger in ('schedule', 'operator')),
  constraint polls_outcome_known check (outcome in ('complete', 'refused')),
  constraint polls_ended_with_outcome check ((outcome is null) = (ended_at is null))
);
create index polls_by_time on polls (started_at desc, id desc);
create index patient_sync_not_read on patient_sync (poll_id, failure) where outcome = 'could not read';

-- A single row, written again whenever somebody asks whether the database takes writes.
create table write_checks (
  id boolean not null default true,
  checked_at timestamptz not null,
  constraint write_checks_pkey primary key (id),
  constraint write_checks_single check (id)
);

-- Set when we ended the connection, asked by the patient or because no consent needs it: any other end is a loss.
alter table connections add column disconnected_at timestamptz;
update connections set disconnected_at = checked_at where status = 'revoked';
create index connections_not_active on connections (patient_id) where status <> 'active';

create index dead_letters_by_first_seen on dead_letters (first_seen_at);
create index dead_letters_open_by_patient on dead_letters (patient_id) where state = 'open';
