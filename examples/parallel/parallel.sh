#!/bin/sh
# examples/parallel/parallel.sh ids.txt work/ > results.jsonl        PARALLEL_LOGIN=--sshlogin=a,b runs it on other machines
# The list is cut into parts, a job each. A job that dies is started again and goes on with its part of the results
# (--resume); the same command once more runs only what is not done (--resume-failed). The parts in their order are what
# one process gives. On other machines work/ must be at the same place for all.
set -eu
ids=$1 work=$2
export HOWOPEN="${HOWOPEN:-howopen}"
mkdir -p "$work"
work=$(cd "$work" && pwd)
[ -e "$work/jobs" ] || split -l "${LINES_EACH:-500}" -d -a 6 --additional-suffix=.ids "$ids" "$work/part-"
# 3 (some could not be judged) is no failed job.
# shellcheck disable=SC2086  # none or some words
parallel --joblog "$work/jobs" --resume-failed --retries 3 -j "${JOBS:-2}" ${PARALLEL_LOGIN:-} \
  '"$HOWOPEN" batch {} --output {.}.jsonl --resume --threads 0 -q; code=$?; [ $code = 3 ] || exit $code' ::: "$work"/part-*.ids >&2
cat "$work"/part-*.jsonl
