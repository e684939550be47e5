#!/bin/sh
# Runs once, when the volume of Postgres is new: Temporal's role owns its databases, ours owns ours.
set -eu
psql --username "$POSTGRES_USER" --set password="$POSTGRES_PASSWORD" <<'SQL'
create role temporal login password :'password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
create role wearable_exchange login password :'password';
-- Ours reads for people in this role (docs/operations.md, "The login to Postgres"); it may make none itself.
create role wearable_exchange_reader nologin;
grant wearable_exchange_reader to wearable_exchange;
create database wearable_exchange owner wearable_exchange;
SQL
