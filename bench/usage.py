"""Runs one program and writes down what it took: usage.py REPORT CORES PROGRAM ARGUMENT…

REPORT gets a line: wall seconds, CPU seconds, peak memory in megabytes, exit code. CORES is a list like 0,1.

This is a process of its own because Linux counts the memory of the parent as the first peak of a child: a parent that
holds lists of records would hide how little the child needs. It imports next to nothing, so that the floor is 8 MB.
"""
import os
import sys
import time

report, cores, words = sys.argv[1], sys.argv[2], sys.argv[3:]
os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
start = time.monotonic()
child = os.posix_spawnp(words[0], words, os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
cpu, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
with open(report, "w") as out:
    out.write(f"{wall} {cpu} {megabytes} {os.waitstatus_to_exitcode(status)}\n")
