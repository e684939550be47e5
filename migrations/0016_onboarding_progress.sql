-- The steps of an onboarding that has ended, for the log: Temporal keeps a closed workflow for days only.

create table onboarding_progress (
  invitation_id integer not null,
  steps json not null,
  kept_at timestamptz not null default clock_timestamp(),
  constraint onboarding_progress_pkey primary key (invitation_id),
  constraint onboarding_progress_invitation_fkey foreign key (invitation_id) references invitations (id)
);
