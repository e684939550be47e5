-- What is decided about dead letters: retried with success, discarded with a note, or still open.

alter table dead_letters
  add column state text not null default 'open',
  -- How often it was retried and refused, or could not be stored.
  add column tries integer not null default 0,
  add column note text,
  add column decided_at timestamptz,
  add column decided_by integer,
  add constraint dead_letters_state_known check (state in ('open', 'retried', 'discarded')),
  add constraint dead_letters_decided_at_a_time check ((state = 'open') = (decided_at is null)),
  add constraint dead_letters_discarded_with_note check ((state = 'discarded') = (note is not null)),
  add constraint dead_letters_decided_by_fkey foreign key (decided_by) references users (id);
create index dead_letters_by_state on dead_letters (state, id);
create index dead_letters_open_by_reason on dead_letters (reason, id) where state = 'open';

-- A sample that was stored by a retry and is refused when it is read again needs a decision again; one that was
-- discarded does not.
create function reopen_dead_letter() returns trigger language plpgsql as $$
begin
  new.state := 'open';
  new.decided_at := null;
  new.decided_by := null;
  return new;
end $$;

create trigger dead_letters_reopen before update on dead_letters for each row
  when (old.state = 'retried' and new.seen_count > old.seen_count)
  execute function reopen_dead_letter();

-- Who had an original shown: it is health data.
create table dead_letter_views (
  dead_letter_id bigint not null,
  viewed_by integer not null,
  viewed_at timestamptz not null default clock_timestamp(),
  constraint dead_letter_views_letter_fkey foreign key (dead_letter_id) references dead_letters (id),
  constraint dead_letter_views_by_fkey foreign key (viewed_by) references users (id)
);
create index dead_letter_views_by_letter on dead_letter_views (dead_letter_id, viewed_at);
