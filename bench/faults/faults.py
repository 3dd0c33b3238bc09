#!/usr/bin/env python3
"""Kills the command at random moments, and fills the disk under it, and compares what comes out in the end with undisturbed runs.

    python3 bench/faults/faults.py --out DIR [--kills 12] [--seed 1]

Each task is started, killed (SIGKILL, the whole process group) after a time drawn from the seed, and started again as a user would, until it has been killed so many times; then it
may end. Its results must be those of a run that nobody disturbed, byte for byte (a training: the same losses and weights); pages, which state time and memory, are left out, and so are
hidden files with temporary names, which a process that is killed cannot remove: they are counted. The full disk is a tmpfs of 300 kB and needs root; it is left out, and said so, elsewhere. Writes DIR/faults.md. Needs Python 3 and the built command.
"""
import argparse, glob, hashlib, json, os, random, shutil, signal, subprocess, sys, time

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MORULA = os.environ.get("MORULA", "dotnet " + os.path.join(HOME, "src/Morula.Cli/bin/Release/net10.0/Morula.Cli.dll")).split()


def run(words, kill_after=None):
    """Returns (exit code, output); None where it was killed."""
    process = subprocess.Popen(MORULA + words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=kill_after)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""


def files(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            if name == "report.html" or ".tmp" in os.path.join(base, name):
                continue
            path = os.path.join(base, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def losses(folder):
    with open(os.path.join(folder, "log.jsonl")) as file:
        lines = [json.loads(line) for line in file]
    return {line["step"]: line["loss"] for line in lines if "loss" in line}


def weights(path):
    """The arrays of a checkpoint, whatever its metadata."""
    with open(path, "rb") as file:
        head = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        body = file.read()
    return {name: hashlib.sha256(body[slice(*entry["data_offsets"])]).hexdigest() for name, entry in head.items() if name != "__metadata__"}


def disturbed(words, again, target, kills, random):
    """Starts, kills and starts again; returns how often it was really killed."""
    begun = time.time()
    code, output = run(words(target + "-whole"))
    if code != 0:
        sys.exit(f"undisturbed: {output}")
    span, killed = time.time() - begun, 0
    for attempt in range(20 * kills):
        first = not os.path.exists(target)
        last = killed >= kills
        code, output = run(words(target) if first else again(target), None if last else random.uniform(0.25, 0.9) * span)
        if code is None:
            killed += 1
        elif code == 0 and (last or killed > 0):
            return killed
        elif code != 0:
            sys.exit(f"after {killed} kills: {output}")
        else:
            shutil.rmtree(target, ignore_errors=True)
    sys.exit("it never ended")


def compare(name, one, two):
    different = sorted(key for key in one.keys() | two.keys() if one.get(key) != two.get(key))
    return "the same" if not different else f"**different**: {', '.join(map(str, different[:4]))}"


def full_disk(folder, data):
    mount = os.path.join(folder, "small")
    os.makedirs(mount, exist_ok=True)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", mount], capture_output=True).returncode != 0:
        return [("full disk", "left out: a small file system cannot be mounted here", "")]
    rows = []
    big = os.path.join(folder, "images", "big", "raw", "00000.tif")
    try:
        for name, words, kept in [
            ("convert to Zarr", ["convert", big, mount + "/x.ome.zarr"], []),
            ("convert to HDF5", ["convert", big, mount + "/x.h5"], []),
            ("train", ["train", "nano", "--data", data, "--out", mount + "/t", "--set", "Training.Steps=3"], ["t/options.json"]),
            ("synthesize", ["synthesize", "embryo", "--out", mount + "/s", "--count", "20"], ["s/raw/00000.tif"]),
        ]:
            code, output = run(words + ["-q"])
            told = output.strip().splitlines()[-1] if output.strip() else ""
            left = glob.glob(mount + "/**/.*.tmp", recursive=True, include_hidden=True)
            fine = code == 2 and "the disk is full" in told and not left and all(os.path.exists(os.path.join(mount, path)) for path in kept)
            rows.append((f"full disk: {name}", "told in one line, nothing half written" if fine else f"**{code}: {told}; left: {left}**", ""))
            for path in glob.glob(mount + "/*"):
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    finally:
        subprocess.run(["umount", mount])
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    out = os.path.abspath(options.out)
    os.makedirs(out, exist_ok=True)
    data, movie = os.path.join(out, "images", "few"), os.path.join(out, "images", "movie")
    for words in (
        ["synthesize", "embryo", "--out", data, "--count", "4", "--set", "Extent=[40,40,40]", "--set", "SpacingMicrometres=[0.45,0.45,0.45]", "--set", "CellCount=10"],
        ["synthesize", "embryo", "--out", os.path.join(out, "images", "big"), "--count", "1", "--set", "Extent=[96,96,96]", "--set", "SpacingMicrometres=[0.45,0.45,0.45]", "--set", "CellCount=80"],
        ["synthesize", "movie", "--out", movie, "--count", "6", "--set", "Embryo.Extent=[40,40,40]", "--set", "Embryo.SpacingMicrometres=[0.45,0.45,0.45]", "--set", "Embryo.CellCount=8"],
    ):
        if not os.path.exists(words[3]):
            code, output = run(words)
            if code != 0:
                sys.exit(output)
    rows = []

    def judge(name, words, again, result=files):
        target = os.path.join(out, name.replace(" ", "-"))
        for path in (target, target + "-whole"):
            shutil.rmtree(path, ignore_errors=True)
        killed = disturbed(words, again, target, options.kills, chance)
        left = glob.glob(target + "/**/.*.tmp", recursive=True, include_hidden=True)
        rows.append((name, compare(name, result(target), result(target + "-whole")) + (f"; temporary names left: {len(left)}" if left else ""), str(killed)))
        print(*rows[-1], flush=True)

    scale = ["--diameter", "8"]
    parts = scale + ["--set", "Inference.BlockVoxels=800000", "--set", "Inference.Tile=[64,64,64]", "--set", "Inference.Halo=[12,12,12]"]
    image = os.path.join(out, "images", "big", "raw")
    judge("image in blocks", lambda to: ["predict", image, "--out", to] + parts, lambda to: ["predict", image, "--out", to, "--resume"] + parts)
    judge("two workers", lambda to: ["predict", image, "--out", to, "--workers", "2"] + parts, lambda to: ["predict", image, "--out", to, "--workers", "2", "--resume"] + parts)
    frames = os.path.join(movie, "raw")
    judge("movie", lambda to: ["predict", frames, "--movie", "--out", to] + scale, lambda to: ["predict", frames, "--movie", "--out", to, "--resume"] + scale)
    teach = ["--set", "Training.Steps=24", "--set", "Samples.Crop=[32]", "--set", "Training.CheckpointEvery=3", "--set", "Training.Threads=1", "--set", "Training.ValidateEvery=0"]
    judge("training", lambda to: ["train", "nano", "--data", data, "--out", to] + teach, lambda to: ["train", "--data", data, "--out", to, "--resume"],
          lambda folder: {**losses(folder), **weights(os.path.join(folder, "last.safetensors"))})
    store = os.path.join(out, "images", "big", "raw", "00000.tif")
    judge("conversion to Zarr", lambda to: ["convert", store, to + "/x.ome.zarr"], lambda to: ["convert", store, to + "/x.ome.zarr", "--overwrite"])
    rows.extend(full_disk(out, data))
    with open(os.path.join(out, "faults.md"), "w") as file:
        file.write("| task | in the end | killed |\n|---|---|---:|\n" + "".join(f"| {name} | {end} | {killed} |\n" for name, end, killed in rows))
    print(open(os.path.join(out, "faults.md")).read())


main()
