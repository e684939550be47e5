-- How often something was asked for, by the hash of who asks. The columns and their order are those that the package
-- rate-limiter-flexible writes; what has expired may go at any time, so nothing of it needs to survive a crash.
create unlogged table rate_limits (
  key varchar(255) not null,
  points integer not null default 0,
  -- Milliseconds since 1970.
  expire bigint,
  constraint rate_limits_pkey primary key (key)
);
