-- Who read or changed whose data, when, and through what: written before the data leaves, and never changed. No name, no
-- address of a person, no measurement. Nothing here refers to a row of another table: what happened stays told when the
-- patient or the account is gone.

create table audit_events (
  -- Gapless: its order is the order of the chain.
  id bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  -- The account; null when nobody is signed in, and when nobody in particular acts.
  actor_id integer,
  action text not null,
  -- The pattern of the address, or the words of the command.
  why text not null,
  outcome text not null,
  -- Whose account it is about: a sign-in, a password, a role.
  account_id integer,
  request_id uuid,
  -- Of the machine that asked.
  address text,
  -- SHA-256 over all of this, its subjects, and the hash of the event before.
  hash bytea not null,
  constraint audit_events_pkey primary key (id),
  constraint audit_events_actor_known check (
    actor_kind in ('practitioner', 'patient', 'nobody', 'command line', 'service')),
  -- `asked`: what is about to be changed. The same request tells how it ended.
  constraint audit_events_outcome_known check (outcome in ('asked', 'allowed', 'refused', 'failed'))
);
create index audit_events_by_actor on audit_events (actor_id, id desc);
create index audit_events_by_time on audit_events (at, id);

-- Whom an event concerns, as it was then: a patient in each organization it belonged to, or an organization alone. A
-- manager reads by it what happened while a patient belonged to the own organization, and nothing of others.
create table audit_subjects (
  event_id bigint not null,
  organization_id integer,
  patient_id integer,
  constraint audit_subjects_somebody check (organization_id is not null or patient_id is not null)
);
create index audit_subjects_by_event on audit_subjects (event_id);
create index audit_subjects_by_organization on audit_subjects (organization_id, event_id desc);
create index audit_subjects_by_patient on audit_subjects (patient_id, event_id desc);

-- The end of the chain: one row, locked by each statement that appends.
create table audit_head (
  id bigint not null,
  hash bytea not null,
  is_only boolean not null default true,
  constraint audit_head_pkey primary key (is_only),
  constraint audit_head_single check (is_only)
);
insert into audit_head (id, hash) values (0, decode(repeat('00', 32), 'hex'));

create trigger audit_events_append_only before update or delete on audit_events
  for each row execute function refuse_change();
create trigger audit_events_not_emptied before truncate on audit_events execute function refuse_change();
create trigger audit_subjects_append_only before update or delete on audit_subjects
  for each row execute function refuse_change();
create trigger audit_subjects_not_emptied before truncate on audit_subjects execute function refuse_change();
create trigger audit_head_stays before delete or truncate on audit_head execute function refuse_change();

-- What the checks of the chain found; a check goes on from where the one before ended.
create table audit_checks (
  id bigint generated always as identity,
  checked_at timestamptz not null default clock_timestamp(),
  -- The last event that was found whole, with its hash.
  event_id bigint not null,
  event_hash bytea not null,
  -- The first that was not; null: all of them are.
  broken_at bigint,
  constraint audit_checks_pkey primary key (id)
);

-- A text of fields from which each of them can be read back: the length in bytes before each, a dash for none.
create function audit_text(variadic fields text[]) returns text language sql immutable as $$
  select string_agg(coalesce(octet_length(field) || ':' || field, '-'), ',' order by place)
  from unnest(fields) with ordinality as listed (field, place)
$$;

-- Whom an event concerns, in words that are always the same.
create function audit_subjects_text(of_event bigint) returns text language sql stable as $$
  select coalesce(string_agg(coalesce(organization_id::text, '') || '/' || coalesce(patient_id::text, ''), ' '
                             order by organization_id nulls first, patient_id nulls first), '')
  from audit_subjects where event_id = of_event
$$;

-- Whom an event names: patients, also by an invitation, a dead letter or their account, with the organizations they belong to
-- now; organizations, also by a study or by the account of a member. A table is asked only when the event names something of
-- it: who holds one locked then holds up no other event.
create function audit_named(event jsonb) returns table (organization_id integer, patient_id integer) language plpgsql as $$
declare
  patients integer[] := audit_ids(event -> 'patients');
  account integer := (event ->> 'account')::integer;
begin
  if event -> 'invitations' <> '[]' then
    patients := patients || array(select i.patient_id from invitations i where i.id = any (audit_ids(event -> 'invitations')));
  end if;
  if event -> 'deadLetters' <> '[]' then
    patients := patients || array(select l.patient_id from dead_letters l where l.id = any (audit_ids(event -> 'deadLetters')));
  end if;
  if account is not null then
    patients := patients || array(select p.id from patients p where p.user_id = account);
    return query select m.organization_id, null::integer from organization_members m where m.user_id = account;
  end if;
  if patients <> '{}' then
    return query
      select o.organization_id, named.id from unnest(patients) named (id)
      left join organization_patients o on o.patient_id = named.id;
  end if;
  if event -> 'studies' <> '[]' then
    return query select s.organization_id, null::integer from studies s where s.id = any (audit_ids(event -> 'studies'));
  end if;
  return query select named.id, null::integer from unnest(audit_ids(event -> 'organizations')) named (id);
end $$;

create function audit_ids(listed jsonb) returns integer[] language sql immutable as $$
  select coalesce(array_agg(id::integer), '{}') from jsonb_array_elements_text(listed) named (id)
$$;

-- Appends events in this order and answers their ids. Each concerns whom it names, and whomever the event `after` concerned.
-- Others wait meanwhile: nothing else belongs into the same transaction.
create function record_audit_events(events jsonb) returns bigint[] language plpgsql as $$
declare
  head audit_head;
  event jsonb;
  happened timestamptz;
  ids bigint[] := '{}';
begin
  select * into strict head from audit_head for update;
  for event in select jsonb_array_elements(events) loop
    head.id := head.id + 1;
    happened := clock_timestamp();
    insert into audit_subjects (event_id, organization_id, patient_id)
    select head.id, named.organization_id, named.patient_id from audit_named(event) named
    union
    select head.id, s.organization_id, s.patient_id from audit_subjects s where s.event_id = (event ->> 'after')::bigint;
    head.hash := sha256(convert_to(audit_text(
      head.id::text, to_char(happened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      event ->> 'actorKind', event ->> 'actorId', event ->> 'action', event ->> 'why', event ->> 'outcome',
      event ->> 'account', event ->> 'requestId', event ->> 'address',
      audit_subjects_text(head.id), encode(head.hash, 'hex')), 'UTF8'));
    insert into audit_events
      (id, at, actor_kind, actor_id, action, why, outcome, account_id, request_id, address, hash)
    values
      (head.id, happened, event ->> 'actorKind', (event ->> 'actorId')::integer, event ->> 'action', event ->> 'why',
       event ->> 'outcome', (event ->> 'account')::integer, (event ->> 'requestId')::uuid, event ->> 'address', head.hash);
    ids := ids || head.id;
  end loop;
  update audit_head set id = head.id, hash = head.hash;
  return ids;
end $$;
