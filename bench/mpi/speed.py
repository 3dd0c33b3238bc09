#!/usr/bin/env python3
"""A training of two processes beside the same training of one: seconds per step, losses, weights.

    python3 bench/mpi/speed.py [--rounds 4] [--steps 12] [--batch 2] [--launcher mpirun] [--crop 64] [--preset lean] [--command 'dotnet .../Morula.Cli.dll']

Both take the same global batch (two images), one thread and one processor a process. Beside them run two strangers: two trainings of half
the batch at the same time, each on its own, which is what the machine has to give. They run in turns, some rounds; what is compared is
the best round of each, by the mean time between log lines behind the second step. Needs only Python 3, taskset, MPI's launcher and a
built command.
"""
import argparse, array, datetime, json, os, shlex, shutil, struct, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
COMMAND = f"dotnet {os.path.join(HERE, '..', '..', 'src', 'Morula.Cli', 'bin', 'Release', 'net10.0', 'Morula.Cli.dll')}"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--batch", type=int, default=2, help="images a step, of both processes together")
    parser.add_argument("--launcher", default="mpirun")
    parser.add_argument("--launcher-options", default="--allow-run-as-root --oversubscribe --bind-to core")
    parser.add_argument("--crop", default="64")
    parser.add_argument("--preset", default="lean")
    parser.add_argument("--set", action="append", default=[], help="more options of the training, Section.Key=value")
    parser.add_argument("--command", default=COMMAND)
    return parser.parse_args()


def run(*commands):
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for words in commands]
    for words, process in zip(commands, started):
        said = process.communicate()[0]
        if process.returncode:
            sys.exit(f"{shlex.join(words)}\n{said}")


def log(folder):
    with open(os.path.join(folder, "log.jsonl")) as lines:
        return [json.loads(line) for line in lines if '"loss"' in line]


def seconds(folder):
    times = [datetime.datetime.fromisoformat(line["time"][:19] + "." + line["time"][19:].strip(".Z").ljust(6, "0")[:6]).timestamp() for line in log(folder)]
    return (times[-1] - times[1]) / (len(times) - 2)


def weights(folder):
    with open(os.path.join(folder, "last.safetensors"), "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        start = file.tell()
        for name in sorted(name for name, entry in header.items() if name != "__metadata__" and entry["dtype"] == "F32"):
            first, last = header[name]["data_offsets"]
            file.seek(start + first)
            yield array.array("f", file.read(last - first))


def furthest(first, second):
    return max(abs(a - b) for one, other in zip(weights(first), weights(second)) for a, b in zip(one, other))


def main():
    options = arguments()
    folder = tempfile.mkdtemp(prefix="morula-mpi-")
    command, data = shlex.split(options.command), os.path.join(folder, "data")
    run([*command, "synthesize", "embryo", "--out", data, "--count", "3", "--seed", "1", "--set", "Extent=96,96,96"])
    train = [*command, "train", options.preset, "--data", data, "--quiet", "--overwrite"]
    for change in [f"BatchSize={options.batch}", f"Steps={options.steps}", "Threads=1", "ValidateEvery=0", "ValidationImages=0", "CheckpointEvery=1000000"]:
        train += ["--set", f"Training.{change}"]
    for change in [f"Samples.Crop={options.crop}", *options.set]:
        train += ["--set", change]
    launch = [options.launcher, *shlex.split(options.launcher_options), "-n", "2"]
    one, two, strangers = (os.path.join(folder, name) for name in ["one", "two", "strange"])
    best = {}
    for number in range(options.rounds):
        run(["taskset", "-c", "0", *train, "--out", one])
        run([*launch, *train, "--out", two])
        run(*[["taskset", "-c", str(core), *train, "--set", f"Training.BatchSize={options.batch // 2}", "--out", f"{strangers}{core}"] for core in range(2)])
        now = {"one process": seconds(one), "two": seconds(two), "two strangers": max(seconds(f"{strangers}{core}") for core in range(2))}
        best = {name: min(best.get(name, time), time) for name, time in now.items()}
        print(f"round {number + 1}: {', '.join(f'{name} {time:.3f} s a step' for name, time in now.items())}; load {os.getloadavg()[0]:.1f}", flush=True)
    for name, time in best.items():
        print(f"best: {name} {options.batch / time:.3f} images a second, {best['one process'] / time:.3f} x one process")
    for first, second in zip(log(one), log(two)):
        print(f"step {first['step']}: loss {first['loss']:.7f} and {second['loss']:.7f}, apart {abs(first['loss'] - second['loss']):.1e}")
    print(f"weights furthest apart: {furthest(one, two):.1e}")
    shutil.rmtree(folder)


main()
