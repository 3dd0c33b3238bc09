"""Trains in turns on a small set, held in memory, and on one that is many times larger than the memory allowed, and compares the speed.

    python3 run.py MORULA --small small --large large --out runs --steps 100 --rounds 3 --memory 900M --cgroup /sys/fs/cgroup/memory/...

Each training is a process of its own on processor 0 (taskset), in a control group of its own whose bound holds for everything, page cache included. Of each: seconds
of a step from the log (the first tenth of the steps left out), processor seconds of the whole process, the share of the time spent waiting for data, and what
the group held at most. Files are taken out of the page cache before; each round has a seed of its own. Prints one line a training and the ratios.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
from datetime import datetime


def size(text):
    number, unit = re.fullmatch(r"(\d+)([KMG]?)", text).groups()
    return int(number) << {"": 0, "K": 10, "M": 20, "G": 30}[unit]


class Bound:
    """A control group of memory, version 1 or 2."""

    def __init__(self, parent, name, limit):
        self.folder = pathlib.Path(parent) / name
        self.old = (pathlib.Path(parent) / "memory.limit_in_bytes").exists()
        self.folder.mkdir(exist_ok=True)
        (self.folder / ("memory.limit_in_bytes" if self.old else "memory.max")).write_text(str(limit))

    def enter(self):
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def peak(self):
        return int((self.folder / ("memory.max_usage_in_bytes" if self.old else "memory.peak")).read_text())

    def refused(self):
        return int((self.folder / "memory.failcnt").read_text()) if self.old else -1

    def close(self):
        self.folder.rmdir()


def forget(folder):
    """Takes the files out of the page cache, so that none is read from memory that another group holds."""
    for file in pathlib.Path(folder).rglob("*"):
        if file.is_file():
            handle = os.open(file, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def train(arguments, kind, data, turn):
    out = arguments.out / f"{kind}{turn}"
    shutil.rmtree(out, ignore_errors=True)
    bound = Bound(arguments.cgroup, f"morula-disk-{kind}{turn}", size(arguments.memory)) if arguments.cgroup else None
    command = ["taskset", "-c", "0", arguments.morula, "train", "lean", "--data", data, "--out", out,
               "--set", f"Training.Steps={arguments.steps}", "--set", f"Training.Seed={turn + 1}", "--set", "Training.Threads=1", "--set", "Training.ValidationImages=0", "--set", "Samples.ValidationShare=0",
               "--set", f"Samples.CacheMegabytes={arguments.cache}"]
    for entry in arguments.set:
        command += ["--set", entry]
    forget(data)
    process = subprocess.Popen(command, preexec_fn=bound.enter if bound else None, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{kind}{turn} failed ({status}):\n{text[-2000:]}")
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    lines = [line for line in lines if "loss" in line][arguments.steps // 10:]
    times = [parse(line["time"]) for line in lines]
    intervals = [(after - before).total_seconds() for before, after in zip(times, times[1:])]
    # A step that waited w of its time s: its share counts by its time.
    waited = sum(line["waiting"] * seconds for line, seconds in zip(lines[1:], intervals)) / sum(intervals)
    result = {
        "kind": kind, "turn": turn, "mean": statistics.mean(intervals), "median": statistics.median(intervals), "waiting": waited,
        "processor": usage.ru_utime + usage.ru_stime, "resident": usage.ru_maxrss / 1024, "group": bound.peak() / 2**20 if bound else None,
        "reclaims": bound.refused() if bound else None, "said": re.findall(r"waiting for data.*", text)[-1:]}
    if bound:
        bound.close()
    print(json.dumps(result), flush=True)
    return result


def parse(text):
    main, _, rest = text.replace("Z", "").partition(".")
    return datetime.fromisoformat(f"{main}.{(rest.split('+')[0] + '000000')[:6]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("morula")
    parser.add_argument("--small", required=True)
    parser.add_argument("--large", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="2G")
    parser.add_argument("--cache", type=int, default=128)
    parser.add_argument("--cgroup")
    parser.add_argument("--set", action="append", default=[])
    arguments = parser.parse_args()
    results = []
    for turn in range(arguments.rounds):
        for kind in ("small", "large") if turn % 2 == 0 else ("large", "small"):
            results.append(train(arguments, kind, getattr(arguments, kind), turn))
    for value in ("mean", "median", "processor"):
        ratios = [next(r for r in results if r["turn"] == turn and r["kind"] == "large")[value] / next(r for r in results if r["turn"] == turn and r["kind"] == "small")[value]
                  for turn in range(arguments.rounds)]
        print(f"large / small, {value}: {' '.join(f'{ratio:.3f}' for ratio in ratios)}")


main()
