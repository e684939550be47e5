-- Consent is a list of events that nothing changes or deletes; what stands is read from it.

create table consent_events (
  id bigint generated always as identity,
  patient_id integer not null,
  study_id integer not null,
  concept_id integer not null,
  decision text not null,
  decided_at timestamptz not null default clock_timestamp(),
  -- Who recorded it, through which page, under which version of the consent text.
  recorded_by integer not null,
  channel text not null,
  text_version text not null,
  constraint consent_events_pkey primary key (id),
  constraint consent_events_patient_fkey foreign key (patient_id) references patients (id),
  constraint consent_events_study_fkey foreign key (study_id) references studies (id),
  constraint consent_events_concept_fkey foreign key (concept_id) references codeable_concepts (id),
  constraint consent_events_recorded_by_fkey foreign key (recorded_by) references users (id),
  constraint consent_events_decision_known check (decision in ('agreed', 'declined', 'stopped'))
);
create index consent_events_by_patient on consent_events (patient_id, study_id, concept_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger consent_events_append_only before update or delete on consent_events
  for each row execute function refuse_change();

-- Every event moves the patient's consent version under that row's lock: writes in flight notice it. It counts events,
-- since their ids may commit in another order than they were given.
create function move_consent_version() returns trigger language plpgsql as $$
begin
  update patients set consent_version = consent_version + 1 where id = new.patient_id;
  return null;
end $$;

create trigger consent_events_move_version after insert on consent_events
  for each row execute function move_consent_version();

-- The time spans a patient agreed to. The first agreement reaches back as far as the study asks;
-- a later one starts when it is given, so that what was measured while consent was stopped stays out. Earlier spans
-- count only while an agreement stands: after a stop nothing is written, whenever it was measured.
create view consent_intervals as
select patient_id, study_id, concept_id,
       case when agreed_before then decided_at
            else decided_at - make_interval(days => history_days) end as starts_at,
       ends_at
from (
  select e.patient_id, e.study_id, e.concept_id, e.decision, e.decided_at, s.history_days,
         last_value(e.decision) over (same_scope rows between unbounded preceding and unbounded following) as standing,
         lead(e.decided_at) over same_scope as ends_at,
         coalesce(bool_or(e.decision = 'agreed') over (same_scope rows between unbounded preceding and 1 preceding),
                  false) as agreed_before
  from consent_events e
  join studies s on s.id = e.study_id
  window same_scope as (partition by e.patient_id, e.study_id, e.concept_id order by e.id)
) events
where decision = 'agreed' and standing = 'agreed';

-- The newest decision for each patient, study and scope.
create view standing_consents as
select distinct on (patient_id, study_id, concept_id)
       patient_id, study_id, concept_id, decision, decided_at
from consent_events
order by patient_id, study_id, concept_id, id desc;

-- What may be stored, and from when to when: agreed scopes that the study still asks for, of patients still enrolled,
-- from wearables that the study still uses and that measure this kind of data.
create view covered_intervals as
select i.patient_id, i.study_id, i.concept_id, d.data_source_id, i.starts_at, i.ends_at
from consent_intervals i
join study_patients p on p.study_id = i.study_id and p.patient_id = i.patient_id
join study_scopes sc on sc.study_id = i.study_id and sc.concept_id = i.concept_id
join study_data_sources d on d.study_id = i.study_id
join data_source_scopes ds on ds.data_source_id = d.data_source_id and ds.concept_id = i.concept_id;
