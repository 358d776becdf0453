#!/bin/sh
# Really runs the examples for GNU parallel and Slurm over the facts that ship with howopen (--offline), kills a job of each
# midway, and compares what they give with one process. Slurm: a slurmctld and two slurmd on this machine, one of which dies.
#   examples/run_engines.sh build/release/howopen [MODELS]
# Packages: parallel slurmctld slurmd slurm-client munge. Slurm needs root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
REAL=$(realpath "$1")
work=$(mktemp -d)
pids=
finish() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
chmod 755 "$work"
fail() {
  echo "FAILED: $*"
  tail -n 3 "$work"/*.log 2>/dev/null || true
  exit 1
}
# until_true SECONDS WHAT COMMAND…
until_true() {
  tries=$(($1 * 20)) what=$2
  shift 2
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || fail "$what"
    sleep 0.05
  done
}
lines() { if [ -e "$1" ]; then wc -l < "$1"; else echo 0; fi; }

i=0
while [ $i -lt "${2:-40000}" ]; do
  case $((i % 4)) in 0) echo deepseek-ai/DeepSeek-R1 ;; 1) echo "acme/model-$i" ;; 2) echo gpt-4 ;; 3) echo mistralai/Mistral-7B-v0.1 ;; esac
  i=$((i + 1))
done > "$work/ids.txt"
export HF_HUB_OFFLINE=1
"$REAL" batch "$work/ids.txt" -q > "$work/one.jsonl" || [ $? = 3 ]
sort "$work/one.jsonl" > "$work/sorted"

# What the engines start: it notes who runs where, how often, and over how many lines of results that are there already.
cat > "$work/howopen" <<WRAPPER
#!/bin/sh
part=
for word; do case \$word in *.jsonl) part=\$word ;; esac; done
if [ -e "\$part" ]; then there=\$(wc -l < "\$part"); else there=0; fi
echo "\$(basename "\$part") \$\$ \${SLURMD_NODENAME:--} \${SLURM_RESTART_COUNT:-0} \$there" >> "$work/starts"
exec "$REAL" "\$@"
WRAPPER
chmod 755 "$work/howopen"
export HOWOPEN="$work/howopen"

runs() { tr '\0' ' ' 2>/dev/null < "/proc/$1/cmdline" | grep -q -F "$2 "; }
# Whether a job that was started (on a node) runs and has written some of its lines; $part, $pid and $there tell. It is
# stopped, so that it is still midway when it is killed.
is_midway() {
  while read -r part pid node _ _; do
    [ "${1:-$node}" = "$node" ] || continue
    [ "$(lines "$results/$part")" -gt 0 ] && runs "$pid" "$part" && kill -STOP "$pid" 2>/dev/null || continue
    there=$(lines "$results/$part")
    [ "$there" -lt "$(whole_of "$part")" ] && return 0
    kill -CONT "$pid" 2>/dev/null || true
  done < "$work/starts"
  return 1
}
# Of the part that was killed: what the second start found.
second_start() { grep "^$part " "$work/starts" | sed -n '2p'; }

if command -v parallel >/dev/null; then
  results="$work/parallel"
  whole_of() { echo 5000; }
  : > "$work/starts"
  LINES_EACH=5000 "$here/parallel/parallel.sh" "$work/ids.txt" "$results" > "$work/parallel.jsonl" 2>"$work/parallel.log" &
  engine=$!
  until_true 60 "no job of GNU parallel was seen running" is_midway
  kill -9 "$pid"
  wait $engine || fail "parallel.sh ended with $?"
  [ "$(second_start | cut -d ' ' -f 5)" -gt 0 ] || fail "the killed job found none of its lines"
  cmp "$work/one.jsonl" "$work/parallel.jsonl" || fail "GNU parallel: not the same bytes"
  echo "GNU parallel: $(ls "$results"/*.ids | wc -l) jobs; $part killed (-9) after $there of 5000 lines, started again," \
    "went on after $(second_start | cut -d ' ' -f 5); joined in order: the same bytes as one process"
  # Everything dies midway, and the same command is given again.
  rm -rf "$results"
  : > "$work/starts"
  LINES_EACH=5000 "$here/parallel/parallel.sh" "$work/ids.txt" "$results" > "$work/parallel.jsonl" 2>"$work/parallel.log" &
  engine=$!
  done_some() { [ "$(lines "$results/jobs")" -gt 2 ] && is_midway; }
  until_true 60 "no job of GNU parallel was seen running" done_some
  perl=$(ps -o pid= --ppid "$engine" | tr -d ' ')
  kill -9 "$perl" "$pid"
  wait $engine && fail "parallel.sh did not say that it was killed"
  # The other jobs go on without it, and hold their files until they end.
  while read -r other at _; do if runs "$at" "$other"; then kill -9 "$at" 2>/dev/null || true; fi; done < "$work/starts"
  before=$(lines "$work/starts")
  "$here/parallel/parallel.sh" "$work/ids.txt" "$results" > "$work/parallel.jsonl" 2>"$work/parallel.log" || fail "parallel.sh ended with $?"
  cmp "$work/one.jsonl" "$work/parallel.jsonl" || fail "GNU parallel resumed: not the same bytes"
  echo "GNU parallel itself killed (-9) after $before jobs had begun; the same command again ran" \
    "$(($(lines "$work/starts") - before)): the same bytes as one process"
else
  echo "GNU parallel: not installed, not run"
fi

command -v slurmctld >/dev/null && command -v munged >/dev/null || { echo "Slurm: not installed, not run"; exit 0; }
[ "$(id -u)" = 0 ] || { echo "Slurm: needs root, not run"; exit 0; }
mkdir -p "$work/munge" "$work/state" "$work/s0" "$work/s1"
chmod 700 "$work/munge"
head -c 1024 /dev/urandom > "$work/munge/key"
chmod 400 "$work/munge/key"
munged --foreground --force --socket="$work/munge/socket" --key-file="$work/munge/key" --pid-file="$work/munge/pid" \
  --log-file="$work/munge/log" --seed-file="$work/munge/seed" 2>/dev/null &
pids="$pids $!"
host=$(hostname -s)
cat > "$work/slurm.conf" <<CONF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=10
KillWait=2
JobRequeue=1
MinJobAge=600
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/%n
SlurmctldPidFile=$work/ctld.pid
SlurmdPidFile=$work/%n.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/%n.log
NodeName=s0 NodeHostname=$host NodeAddr=127.0.0.1 Port=26818 CPUs=1 RealMemory=512
NodeName=s1 NodeHostname=$host NodeAddr=127.0.0.1 Port=26819 CPUs=1 RealMemory=512
PartitionName=all Nodes=s0,s1 Default=YES MaxTime=10:00 State=UP OverSubscribe=NO
CONF
export SLURM_CONF="$work/slurm.conf"
slurmctld -D 2>/dev/null &
pids="$pids $!"
slurmd -D -N s0 2>/dev/null &
pids="$pids $!"
slurmd -D -N s1 2>/dev/null &
doomed=$!
pids="$pids $doomed"
both_idle() { [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; }
until_true 30 "Slurm did not come up" both_idle

: > "$work/starts"
results="$work/results"
mkdir "$results"
i=0
while [ $i -lt 6 ]; do
  "$REAL" batch "$work/ids.txt" -q --shard "$i/6" | wc -l > "$work/whole-$i.jsonl"
  i=$((i + 1))
done
whole_of() { cat "$work/whole-$1"; }
job=$(sbatch --parsable --array=0-5 --requeue --mem=64 --open-mode=append --output="$work/job-%a.log" "$here/slurm/array.sh" "$work/ids.txt" "$results")
# A task of the array runs on s1, as Slurm says, and has written some of its lines.
on_s1() { is_midway s1 && [ "$(squeue -h -j "${job}_${part%.jsonl}" -t R -o %N 2>/dev/null)" = s1 ]; }
until_true 60 "no task was seen running on s1" on_s1
task=${part%.jsonl}
whole=$(whole_of "$part")
echo "Slurm job $job: task $task runs on s1 (squeue), $there of $whole lines written; its node dies"
# A node dies as a whole: its daemon first, so that nobody tells slurmctld; then the step, its script and howopen.
script=$(ps -o ppid= -p "$pid" | tr -d ' ')
step=$(ps -o ppid= -p "$script" | tr -d ' ')
[ "$(cat "/proc/$step/comm")" = slurmstepd ] || fail "$step, above the script of the task, is no slurmstepd"
kill -9 "$doomed" "$step" "$script" "$pid"
requeued() { squeue -h -j "$job" -t PD,R,CF -o '%i %r' 2>/dev/null | grep -q "^${job}_${task} " && field Restarts | grep -qx 1; }
field() { scontrol -o show job "${job}_$task" | tr ' ' '\n' | sed -n "s/^$1=//p"; }
until_true 120 "Slurm did not requeue task $task" requeued
# It would start two minutes later.
scontrol update jobid="${job}_$task" StartTime=now
echo "Slurm: the node is $(sinfo -h -n s1 -o %T), task $task requeued (scontrol: Restarts=$(field Restarts))"
all_done() { [ -z "$(squeue -h -j "$job" 2>/dev/null)" ]; }
until_true 180 "the array did not end" all_done
ended=$(scontrol -o show job "$job" | tr ' ' '\n' | grep -c '^JobState=COMPLETED$')
[ "$ended" = 6 ] || fail "$ended of 6 tasks completed"
set -- $(second_start)
[ "${3:-}" = s0 ] && [ "${4:-}" = 1 ] && [ "${5:-0}" = "$there" ] || fail "the second start of task $task: ${*:-none}"
[ "$(field NodeList)" = s0 ] || fail "task $task ended on $(field NodeList)"
grep -q "$there were there before" "$work/job-$task.log" || fail "task $task did not go on: $(cat "$work/job-$task.log")"
sort "$results"/*.jsonl | cmp - "$work/sorted" || fail "Slurm: not the same lines"
# Shards go by a hash of the id; the list itself tells the order.
cat "$results"/*.jsonl | awk -F '"' 'FILENAME == "-" { line[$8] = $0; next } { print line[$0] }' - "$work/ids.txt" |
  cmp - "$work/one.jsonl" || fail "Slurm: not the same bytes"
echo "Slurm: task $task ran again on s0 (its own log: restart 1, \"$there were there before\"); 6 of 6 tasks completed;" \
  "joined in the order of the list: the same bytes as one process"
