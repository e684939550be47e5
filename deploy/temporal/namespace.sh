#!/bin/sh
# Makes the namespace once the server takes requests; where there is one already, it is left as it is.
set -eu

# The server's parts find each other, and learn of a new namespace, within seconds.
patiently() {
  tries=60
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { "$@" || exit 1; return; }
    sleep 1
  done
}
is_there() { temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE"; }

patiently temporal operator cluster health
is_there >/dev/null 2>&1 ||
  patiently temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
patiently temporal workflow list --namespace "$TEMPORAL_NAMESPACE" --limit 1
