-- Who changed which setting, and when; of a secret only that it was set, replaced or taken away.

create table setting_changes (
  id bigint generated always as identity,
  key text not null,
  is_secret boolean not null,
  -- Null: it was not set, or is not any more. Of a secret `true`.
  old_value jsonb,
  new_value jsonb,
  changed_at timestamptz not null default clock_timestamp(),
  -- Null: the command line.
  changed_by integer,
  constraint setting_changes_pkey primary key (id),
  constraint setting_changes_changed_by_fkey foreign key (changed_by) references users (id),
  constraint setting_changes_secret_hidden check (
    not is_secret or (coalesce(old_value, 'true') = 'true' and coalesce(new_value, 'true') = 'true'))
);

create trigger setting_changes_append_only before update or delete on setting_changes
  for each row execute function refuse_change();
