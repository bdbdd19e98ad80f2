#!/bin/sh
# Writes config.yaml: one config map per service, each the sample configuration of deploy/config as it is. What differs in
# a cluster (addresses, paths) is overridden by environment variables in the deployments.
set -eu
cd "$(dirname "$0")"
{
  echo "# Made by config-maps.sh from ../config. Change that, then run it again."
  for service in candidate ranking reranker gateway; do
    printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: funnel-%s\n  namespace: funnel\ndata:\n  %s.yaml: |\n' "$service" "$service"
    sed 's/^\(.\)/    \1/' "../config/$service.yaml"
  done
} >config.yaml
