#!/bin/sh
# Makes the tables of Temporal in its two databases, or brings them to this version; may run again.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD
bring() {
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-dir "$SCHEMAS/$2/versioned"
}
bring temporal temporal
bring temporal_visibility visibility
