#!/bin/sh
# sbatch --array=0-7 --requeue examples/slurm/array.sh ids.txt results/
#SBATCH --job-name=howopen
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
set -u
ids=$1 results=$2
count=${SLURM_ARRAY_TASK_COUNT:-1} index=${SLURM_ARRAY_TASK_ID:-0}
mkdir -p "$results"
"${HOWOPEN:-howopen}" batch "$ids" --shard "$index/$count" --output "$results/$index.jsonl" --resume --no-progress
code=$?
# 3: every line is there, and some model could not be judged; that is in the results.
[ "$code" = 3 ] || exit "$code"
