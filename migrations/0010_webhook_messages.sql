-- Webhooks of Open Wearables: which messages came already, and who is about to be read because of one.

create table webhook_messages (
  id text not null,
  received_at timestamptz not null default clock_timestamp(),
  constraint webhook_messages_pkey primary key (id)
);
create index webhook_messages_received on webhook_messages (received_at);

-- A row stands from the nudge until a read begins: what comes meanwhile needs no nudge of its own.
create table nudges (
  patient_id integer not null,
  nudged_at timestamptz not null default clock_timestamp(),
  constraint nudges_pkey primary key (patient_id),
  constraint nudges_patient_fkey foreign key (patient_id) references patients (id)
);
