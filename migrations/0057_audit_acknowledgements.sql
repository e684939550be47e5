-- Breaks of the audit trail that somebody looked into and that cannot be mended: checks go on behind them.

create table audit_acknowledgements (
  -- The first event that is not as it was appended.
  broken_at bigint not null,
  -- Where the chain goes on: the first event there is from that one on, with the hash it has.
  goes_on_at bigint not null,
  goes_on_hash bytea not null,
  note text not null,
  acknowledged_by integer,
  acknowledged_at timestamptz not null default clock_timestamp(),
  constraint audit_acknowledgements_pkey primary key (broken_at),
  constraint audit_acknowledgements_onwards check (goes_on_at >= broken_at)
);
create trigger audit_acknowledgements_append_only before update or delete on audit_acknowledgements
  for each row execute function refuse_change();
create trigger audit_acknowledgements_not_emptied before truncate on audit_acknowledgements execute function refuse_change();
