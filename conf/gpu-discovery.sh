#!/usr/bin/env bash
# Prints the GPUs of this machine as Spark wants to read them:
#   {"name": "gpu", "addresses": ["GPU-…", "GPU-…"]}
# Addresses are UUIDs: they mean the same card in every process, whatever the order of devices. Without a GPU the list is empty.
set -euo pipefail

uuids=''
if command -v nvidia-smi >/dev/null 2>&1; then
  uuids=$(nvidia-smi --query-gpu=uuid --format=csv,noheader 2>/dev/null | grep '^GPU-' || true)
fi

addresses=''
while IFS= read -r uuid; do
  if [ -n "$uuid" ]; then
    addresses="$addresses${addresses:+, }\"$uuid\""
  fi
done <<<"$uuids"

printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
