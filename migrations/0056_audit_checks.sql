-- What each nightly check of the audit trail found: how much was looked at, and why the chain is broken where it is.

alter table audit_checks
  add events bigint not null default 0,
  add broken_why text,
  add constraint audit_checks_why_known check (
    broken_why in ('changed', 'missing', 'not appended', 'not as noted')),
  add constraint audit_checks_break_explained check ((broken_at is null) = (broken_why is null));
alter table audit_checks alter events drop default;
