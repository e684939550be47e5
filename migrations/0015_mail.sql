-- Letters to patients: what was sent, and the links inside. Every letter has a link of its own; only its hash is kept.

alter table patients add column language text not null default 'en';
alter table patients add constraint patients_language_known check (language in ('en', 'es'));

create table invitation_links (
  token_hash bytea not null,
  invitation_id integer not null,
  -- What the link opens: the invitation, or, once that is redeemed, a session of the same patient.
  opens text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint invitation_links_pkey primary key (token_hash),
  constraint invitation_links_invitation_fkey foreign key (invitation_id) references invitations (id),
  constraint invitation_links_opens_known check (opens in ('invitation', 'session'))
);
create index invitation_links_by_invitation on invitation_links (invitation_id);

-- One row a letter, named by its purpose: who claims the row sends, so that a step that runs twice sends once.
create table sent_mails (
  purpose text not null,
  patient_id integer not null,
  claimed_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  constraint sent_mails_pkey primary key (purpose),
  constraint sent_mails_patient_fkey foreign key (patient_id) references patients (id)
);
create index sent_mails_by_patient on sent_mails (patient_id);

-- How often a fresh link was asked for, by the hash of an address that need not be anybody's.
create table link_requests (
  address_hash bytea not null,
  since timestamptz not null default clock_timestamp(),
  asked integer not null default 1,
  constraint link_requests_pkey primary key (address_hash)
);
create index link_requests_by_age on link_requests (since);
