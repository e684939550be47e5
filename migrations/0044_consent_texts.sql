-- What a study tells its patients in its own words before they agree. Every edit is a version, and an answer names the
-- one that was read, which keeps it.

create table consent_texts (
  study_id integer not null,
  version integer not null,
  body text not null,
  written_by integer not null,
  written_at timestamptz not null default now(),
  constraint consent_texts_pkey primary key (study_id, version),
  constraint consent_texts_study_fkey foreign key (study_id) references studies (id),
  constraint consent_texts_written_by_fkey foreign key (written_by) references users (id),
  constraint consent_texts_version_positive check (version > 0),
  constraint consent_texts_body_size check (length(body) between 1 and 20000)
);

create trigger consent_texts_never_change before update on consent_texts
  for each row execute function refuse_change();

-- Null: the study had no words of its own, or another client showed the text.
alter table consent_events add column study_text_version integer,
  add constraint consent_events_study_text_fkey foreign key (study_id, study_text_version)
    references consent_texts (study_id, version);
