-- Who is read at the next poll whatever their age, and the newest sync that Open Wearables has shown of each patient.

create table due_patients (
  patient_id integer not null,
  reason text not null,
  -- Moves with every new mark; a read takes away only what was marked before it began.
  marked_at timestamptz not null default clock_timestamp(),
  reading_since timestamptz,
  constraint due_patients_pkey primary key (patient_id),
  constraint due_patients_patient_fkey foreign key (patient_id) references patients (id),
  constraint due_patients_reason_known check (reason in
    ('connected', 'consent', 'webhook', 'hint', 'hint again', 'healed', 'operator'))
);

create table sync_hints (
  patient_id integer not null,
  synced_at timestamptz not null,
  constraint sync_hints_pkey primary key (patient_id),
  constraint sync_hints_patient_fkey foreign key (patient_id) references patients (id)
);
