-- A row stands from the nudge until the read that it asked for has ended, and `is_again` says that more was told of
-- meanwhile: that read looks by itself whether it is to read once more, so that nobody signals it in the middle of a step.

alter table nudges add column is_again boolean not null default false;
