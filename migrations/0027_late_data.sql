-- What showed only long after its day was over; and the newest days of many patients, for lists.

alter table coverage add column late integer not null default 0;

-- A complete read that shows more than an earlier one: late when the day was over for a day by then, and when the earlier
-- look was not a part of the same reading (right after a connect, rows appear at Open Wearables one after the other).
create function count_late() returns trigger language plpgsql as $$
begin
  if new.expected > old.expected and old.checked_at < clock_timestamp() - interval '1 hour'
     and clock_timestamp() > (select (new.day + 2)::timestamp at time zone time_zone from patients where id = new.patient_id)
  then
    new.late := old.late + new.expected - old.expected;
  end if;
  return new;
end $$;

create trigger coverage_count_late before update on coverage for each row execute function count_late();

create index coverage_by_day on coverage (patient_id, day);
