-- Observations that a client posts as whole data points, kept as they came; everything else is rendered from the row.

alter table observations
  drop constraint observations_identifier_system_known,
  add constraint observations_identifier_system_known check (identifier_system in ('ow:normalized', 'ow:raw', 'posted'));

create table posted_data_points (
  observation_id bigint not null,
  document json not null,
  posted_by integer not null,
  posted_at timestamptz not null default clock_timestamp(),
  constraint posted_data_points_pkey primary key (observation_id),
  constraint posted_data_points_observation_fkey foreign key (observation_id) references observations (id)
    on delete cascade,
  constraint posted_data_points_by_fkey foreign key (posted_by) references users (id)
);

-- A client's own identifiers of what it posted: each exists once, whoever posted it.
create table posted_identifiers (
  system text not null,
  value text not null,
  observation_id bigint not null,
  constraint posted_identifiers_pkey primary key (system, value),
  constraint posted_identifiers_observation_fkey foreign key (observation_id) references observations (id)
    on delete cascade
);
create index posted_identifiers_by_observation on posted_identifiers (observation_id);
