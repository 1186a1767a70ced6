#!/usr/bin/env bash
# Runs the proof on a machine with two GPUs; README.md beside it says what it shows.
#   run.sh [--bundle FOLDER] [--out FOLDER] [--dry] [--steps two,one,kill,driver,absent]
set -euo pipefail
exec python3 "$(dirname "${BASH_SOURCE[0]}")/proof.py" run "$@"
