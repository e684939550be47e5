-- Whoever has somebody else erased says why, and managers of the patient's organizations may look at how it ended.

alter table erasures
  -- Null: the patient, or the command line.
  add column reason text,
  add constraint erasures_reason_known
    check (reason in ('patient asked', 'withdrawn', 'study over', 'added by mistake'));

create policy readable on erasures for select to wearable_exchange_reader
  using ((select reading_operator()) or organization_ids && (select reading_managed())::integer[]);
-- All but what opens the patient's own receipt.
grant select (id, patient_id, organization_ids, asked_as, asked_by, asked_at, reason, counts, ended_at, open_wearables,
              remains, digest) on erasures
to wearable_exchange_reader;
