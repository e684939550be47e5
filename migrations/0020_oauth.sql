-- How API clients get in: a redeemed invitation becomes a code, a code becomes tokens, and tokens that came from each
-- other end together. Only hashes of secrets are kept.

-- A client that never exchanged its code may redeem once more when the code has expired; null: nothing to redeem again.
alter table invitations add column code_expires_at timestamptz;

create table authorization_codes (
  code_hash bytea not null,
  invitation_id integer not null,
  code_challenge text not null,
  redirect_uri text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint authorization_codes_pkey primary key (code_hash),
  constraint authorization_codes_invitation_unique unique (invitation_id),
  constraint authorization_codes_invitation_fkey foreign key (invitation_id) references invitations (id)
);

-- All tokens that one sign-in led to.
create table token_families (
  id uuid not null default gen_random_uuid(),
  user_id integer not null,
  client_id text not null,
  invitation_id integer,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint token_families_pkey primary key (id),
  constraint token_families_user_fkey foreign key (user_id) references users (id),
  constraint token_families_invitation_fkey foreign key (invitation_id) references invitations (id)
);
create index token_families_by_invitation on token_families (invitation_id) where invitation_id is not null;

create table refresh_tokens (
  token_hash bytea not null,
  family_id uuid not null,
  scope text not null,
  expires_at timestamptz not null,
  -- It is good once: a second use means that somebody copied it, and ends the family.
  used_at timestamptz,
  constraint refresh_tokens_pkey primary key (token_hash),
  constraint refresh_tokens_family_fkey foreign key (family_id) references token_families (id)
);

alter table access_tokens
  -- Null: made by hand, for a notebook or a script.
  add column family_id uuid,
  add column access text not null default 'write',
  add constraint access_tokens_family_fkey foreign key (family_id) references token_families (id),
  add constraint access_tokens_access_known check (access in ('read', 'write'));
create index access_tokens_by_family on access_tokens (family_id) where family_id is not null;
create index access_tokens_by_user on access_tokens (user_id) where family_id is null;

-- Programs without a person: they sign in with a secret and act as the account that owns them.
create table machine_clients (
  client_id text not null,
  name text not null,
  secret_hash bytea not null,
  user_id integer not null,
  created_at timestamptz not null default now(),
  constraint machine_clients_pkey primary key (client_id),
  constraint machine_clients_user_fkey foreign key (user_id) references users (id)
);

-- Signs what tells a client who signed in; the private half is sealed.
create table signing_keys (
  id text not null,
  private_key bytea not null,
  public_key jsonb not null,
  created_at timestamptz not null default now(),
  constraint signing_keys_pkey primary key (id)
);
