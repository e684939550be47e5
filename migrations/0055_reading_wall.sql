-- A second wall between organizations and between patients. What pages and the API read for somebody is read in the role
-- wearable_exchange_reader, which sees of each table what belongs to that account: whatever condition a statement forgets.
-- Everything else (workers, the command line, what is written) runs as the owner of the tables, to whom no policy applies.

-- The role belongs to the cluster, so another database may have made it, even at this moment.
do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'wearable_exchange_reader') then
      create role wearable_exchange_reader nologin;
    end if;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'wearable_exchange_reader', 'set') then
    execute format('grant wearable_exchange_reader to %I', current_user);
  end if;
exception when insufficient_privilege then
  raise exception 'the login % may not make the role that reads for people', current_user
    using errcode = 'insufficient_privilege',
          hint = format('As an administrator: create role wearable_exchange_reader nologin; grant wearable_exchange_reader '
                        'to %I; then run migrate again.', current_user);
end $$;

-- Says for whom this transaction reads, and ends with it. Who that is, is looked up here and nowhere else; somebody
-- unknown is nobody.
create function read_as(asking integer) returns void language plpgsql security definer set search_path from current as $$
declare
  who users;
  patient integer;
  organization_ids integer[] := '{}';
  managed_ids integer[] := '{}';
  study_ids integer[] := '{}';
begin
  select * into who from users where id = asking;
  if who.kind = 'practitioner' then
    organization_ids := array(select organization_id from organization_members where user_id = asking);
    managed_ids := array(
      select organization_id from organization_members where user_id = asking and role = 'manager');
    study_ids := array(select id from studies where organization_id = any(organization_ids));
  elsif who.kind = 'patient' then
    select id into patient from patients where user_id = asking;
    -- A patient knows the studies they are in, and those they ever answered.
    study_ids := array(select study_id from study_patients where patient_id = patient
                       union select study_id from consent_events where patient_id = patient);
  end if;
  perform set_config('wearable_exchange.user_id', coalesce(who.id::text, ''), true),
          set_config('wearable_exchange.is_operator', coalesce(who.is_superuser, false)::text, true),
          set_config('wearable_exchange.patient_id', coalesce(patient::text, ''), true),
          set_config('wearable_exchange.organization_ids', organization_ids::text, true),
          set_config('wearable_exchange.managed_ids', managed_ids::text, true),
          set_config('wearable_exchange.study_ids', study_ids::text, true);
end $$;
revoke execute on function read_as from public;
grant execute on function read_as to wearable_exchange_reader;

-- What policies ask: each is looked at once a statement. Outside of `read_as` all of them are null.
create function reading_user() returns integer stable parallel safe
  return nullif(current_setting('wearable_exchange.user_id', true), '')::integer;
create function reading_operator() returns boolean stable parallel safe
  return nullif(current_setting('wearable_exchange.is_operator', true), '')::boolean;
create function reading_patient() returns integer stable parallel safe
  return nullif(current_setting('wearable_exchange.patient_id', true), '')::integer;
create function reading_organizations() returns integer[] stable parallel safe
  return nullif(current_setting('wearable_exchange.organization_ids', true), '')::integer[];
create function reading_managed() returns integer[] stable parallel safe
  return nullif(current_setting('wearable_exchange.managed_ids', true), '')::integer[];
create function reading_studies() returns integer[] stable parallel safe
  return nullif(current_setting('wearable_exchange.study_ids', true), '')::integer[];

-- Every table that leads to a person or an organization is closed; what follows opens some of them.
do $$
declare
  closed regclass;
begin
  for closed in
    with recursive bound (id) as (
      select unnest('{users,patients,organizations,studies}'::regclass[])::oid
      union select c.conrelid from pg_constraint c join bound on bound.id = c.confrelid where c.contype = 'f'
    )
    select id::regclass from bound
  loop
    execute format('alter table %s enable row level security', closed);
  end loop;
end $$;
-- These refer to no row, and so outlive whom they tell of.
alter table audit_events enable row level security;
alter table audit_subjects enable row level security;
alter table erasures enable row level security;

-- Who may see which rows: a table by what its rows belong to. An operator sees all of them.
create function open_for_reading(opened regclass, belongs text) returns void language plpgsql as $$
begin
  execute format('create policy readable on %s for select to wearable_exchange_reader '
                 'using ((select reading_operator()) or %s)', opened, belongs);
end $$;

select open_for_reading('organizations', '(select reading_user()) is not null');
select open_for_reading('organization_members',
  'user_id = (select reading_user()) or organization_id = any((select reading_organizations())::integer[])');
select open_for_reading('organization_patients',
  'patient_id = (select reading_patient()) or organization_id = any((select reading_organizations())::integer[])');
-- A manager looks practitioners of anywhere up, to make them members.
select open_for_reading('users',
  'id = (select reading_user())
   or (kind = ''practitioner'' and cardinality((select reading_organizations())) > 0)
   or (kind = ''patient'' and exists (select from patients p where p.user_id = users.id))');

select open_for_reading('patients',
  'id = (select reading_patient()) or exists (select from organization_patients m where m.patient_id = patients.id)');
select open_for_reading(opened, format(
  'patient_id = (select reading_patient())
   or exists (select from organization_patients m where m.patient_id = %s.patient_id)', opened))
from unnest('{patient_identifiers,invitations,connections,connection_endings,observations,cursors,
              dead_letters,coverage,patient_sync,raw_objects}'::regclass[]) as opened;

select open_for_reading('studies', 'id = any((select reading_studies())::integer[])');
select open_for_reading(opened, 'study_id = any((select reading_studies())::integer[])')
from unnest('{study_scopes,study_data_sources,study_clients,consent_texts}'::regclass[]) as opened;
-- Of a study a patient sees what is theirs.
select open_for_reading(opened,
  'patient_id = (select reading_patient())
   or ((select reading_patient()) is null and study_id = any((select reading_studies())::integer[]))')
from unnest('{study_patients,consent_events}'::regclass[]) as opened;

select open_for_reading(opened, format(
  'exists (select from observations o where o.id = %s.observation_id)', opened))
from unnest('{observation_revisions,posted_data_points,posted_identifiers}'::regclass[]) as opened;
select open_for_reading('onboarding_progress',
  'exists (select from invitations i where i.id = onboarding_progress.invitation_id)');
select open_for_reading('access_tokens', 'user_id = (select reading_user())');
select open_for_reading('audit_subjects', 'organization_id = any((select reading_managed())::integer[])');
select open_for_reading('audit_events',
  'exists (select from audit_subjects s where s.event_id = audit_events.id)');
drop function open_for_reading;

-- A view reads as whoever asks it, not as its owner.
alter view consent_intervals set (security_invoker = true);
alter view standing_consents set (security_invoker = true);
alter view covered_intervals set (security_invoker = true);

do $$ begin
  execute format('grant usage on schema %I to wearable_exchange_reader', current_schema());
end $$;
-- What is not named here cannot be read at all: no password or token, no sealed original, nothing that runs the service.
grant select on organizations, organization_members, organization_patients, patients, patient_identifiers, invitations,
  connections, connection_endings, observations, observation_revisions, posted_data_points, posted_identifiers,
  cursors, coverage, patient_sync, raw_objects, studies, study_scopes, study_data_sources, study_clients, study_patients,
  consent_texts, consent_events, onboarding_progress, audit_events, audit_subjects,
  consent_intervals, standing_consents, covered_intervals,
  codeable_concepts, data_sources, data_source_scopes, clients, client_data_sources
to wearable_exchange_reader;
grant select (id, email, kind, name_family, name_given, is_superuser, created_at) on users to wearable_exchange_reader;
grant select (id, patient_id, series, data_type, reason, detail, seen_count, first_seen_at, last_seen_at, state, tries,
              note, decided_at, decided_by) on dead_letters to wearable_exchange_reader;
grant select (id, user_id, name, created_at, expires_at, revoked_at, family_id, access) on access_tokens
  to wearable_exchange_reader;
