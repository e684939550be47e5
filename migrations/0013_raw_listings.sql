-- How far the folders of raw payloads have been looked through, so that a patient of whom there are none costs no request
-- for each day since the consent.

create table raw_listings (
  patient_id integer not null,
  -- Stands for the consents it was read under: when they change, everything is looked through again.
  reach bytea not null,
  -- The newest day (UTC) whose folder was read to its end, like all before it.
  through date not null,
  constraint raw_listings_pkey primary key (patient_id),
  constraint raw_listings_patient_fkey foreign key (patient_id) references patients (id)
);
