#!/bin/sh
# examples/parallel/parallel.sh ids.txt > results.jsonl        PARALLEL_LOGIN=--sshlogin=a,b runs it on other machines
# --keep-order makes the output the same as that of one process. 3 (some could not be judged) is no failed job.
set -u
export HOWOPEN="${HOWOPEN:-howopen}"
# shellcheck disable=SC2086  # none or some words
parallel --pipe --keep-order -N "${LINES_EACH:-500}" -j "${JOBS:-2}" ${PARALLEL_LOGIN:-} \
  '"$HOWOPEN" batch - -q; code=$?; [ $code = 3 ] || exit $code' < "$1"
