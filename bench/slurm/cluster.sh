#!/bin/bash
# A Slurm of two virtual nodes on this machine, for trying `morula predict --slurm`.
#   sudo bench/slurm/cluster.sh start DIR     starts munge, the controller and two nodes; everything they write is in DIR
#   sudo bench/slurm/cluster.sh stop DIR      stops what start started
# Needs Debian's packages slurm-wlm and munge. Afterwards: export SLURM_CONF=DIR/slurm.conf
set -euo pipefail
command=${1:?start or stop}
dir=$(realpath -m "${2:?a folder}")

start() {
  mkdir -p "$dir"/{state,spool1,spool2,munge}
  host=$(hostname -s)
  cat > "$dir/slurm.conf" <<CONF
ClusterName=morula
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
SlurmctldPort=16817
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=2,bf_interval=2,requeue_delay=1
MpiDefault=none
ReturnToService=2
JobRequeue=1
MinJobAge=3600
SlurmctldTimeout=30
SlurmdTimeout=60
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=1 RealMemory=4000
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=1 RealMemory=4000
PartitionName=all Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
CONF
  dd if=/dev/urandom of="$dir/munge/key" bs=1024 count=1 status=none
  chmod 600 "$dir/munge/key"
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed"
  export SLURM_CONF="$dir/slurm.conf"
  slurmctld -c -f "$dir/slurm.conf"
  for node in node1 node2; do
    mkdir -p "$dir/spool$node"
    slurmd -N $node -f "$dir/slurm.conf"
  done
  for _ in $(seq 30); do
    sinfo -h -o '%T' 2>/dev/null | grep -q idle && break
    sleep 1
  done
  sinfo
  echo "export SLURM_CONF=$dir/slurm.conf"
}

stop() {
  export SLURM_CONF="$dir/slurm.conf"
  for file in "$dir"/slurmd-node1.pid "$dir"/slurmd-node2.pid "$dir"/slurmctld.pid "$dir"/munge/pid; do
    [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null || true
  done
}

"$command"
