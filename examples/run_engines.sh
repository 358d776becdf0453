#!/bin/sh
# Really runs the examples for GNU parallel and Slurm over the facts that ship with howopen (--offline), and compares what they
# give with one process. Slurm: a slurmctld and two slurmd on this machine, one of them killed midway.
#   examples/run_engines.sh build/release/howopen [MODELS]
# Packages: parallel slurmctld slurmd slurm-client munge. Slurm needs root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
HOWOPEN=$(realpath "$1")
export HOWOPEN HF_HUB_OFFLINE=1
work=$(mktemp -d)
pids=
finish() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
chmod 755 "$work"

i=0
while [ $i -lt "${2:-20000}" ]; do
  case $((i % 4)) in 0) echo deepseek-ai/DeepSeek-R1 ;; 1) echo "acme/model-$i" ;; 2) echo gpt-4 ;; 3) echo mistralai/Mistral-7B-v0.1 ;; esac
  i=$((i + 1))
done > "$work/ids.txt"
"$HOWOPEN" batch "$work/ids.txt" -q > "$work/one.jsonl" || [ $? = 3 ]
sort "$work/one.jsonl" > "$work/sorted"

if command -v parallel >/dev/null; then
  "$here/parallel/parallel.sh" "$work/ids.txt" > "$work/parallel.jsonl" 2>/dev/null
  cmp "$work/one.jsonl" "$work/parallel.jsonl" && echo "GNU parallel --pipe: the same bytes"
fi

command -v slurmctld >/dev/null && command -v munged >/dev/null || { echo "Slurm: not installed, not run"; exit 0; }
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
tries=0
until [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; do
  tries=$((tries + 1))
  [ $tries -lt 30 ] || { echo "Slurm did not come up:"; tail -n 3 "$work"/*.log; exit 1; }
  sleep 1
done
job=$(sbatch --parsable --array=0-5 --requeue --mem=64 --output="$work/job-%a.log" "$here/slurm/array.sh" "$work/ids.txt" "$work/results")
sleep 1
kill -9 $doomed
for pid in $(pgrep -f "$work/results/" || true); do
  grep -qz '^SLURMD_NODENAME=s1$' "/proc/$pid/environ" 2>/dev/null && kill -9 "$pid" 2>/dev/null || true
done
slurmd -D -N s1 2>/dev/null &
pids="$pids $!"
tries=0
while [ -n "$(squeue -h -j "$job" 2>/dev/null)" ]; do
  tries=$((tries + 1))
  [ $tries -lt 120 ] || { squeue; exit 1; }
  sleep 1
done
# What was killed and not started again by Slurm is submitted once more: --resume makes that safe.
again=$(sbatch --parsable --wait --array=0-5 --mem=64 --output=/dev/null "$here/slurm/array.sh" "$work/ids.txt" "$work/results")
sort "$work"/results/*.jsonl | cmp - "$work/sorted" &&
  echo "Slurm, jobs $job and $again, two slurmd, one killed midway: the same lines"
