#!/usr/bin/env python3
"""Quality of a network beside a tuned watershed: scores, seconds a megavoxel and peak memory on synthetic and real embryos.

    python3 bench/quality/quality.py --out DIR [--network membrane3d] [--sets hard,easy,celegans] [--shared ../shared/data] [--set Model.Regions.ScoreThreshold=0.6]

Writes DIR/quality.md. What is there is not done again, so a run that was stopped goes on. Every prediction is a process of its own, whose start,
reading and writing are in the time. Sets: hard (16 embryos of 64^3, seed 900), easy (8, seed 910), large (one of 256^3 with 300 cells, seed
920), varied (24 embryos, each of its own kind, seed 905), various (12 parts of a plant ovule, each seen in its own way, seed 906), celegans (frames t046-t053 of shared/data; the watershed is tuned on three of t024-t045), nuclei (the one crop of shared/data, which the watershed is
tuned on as well: the best that it can do). Else the watershed is tuned on three embryos of the same kind, with other seeds. Needs Python 3 and the built
command and benchmarks.
"""
import argparse, json, os, subprocess, sys, time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BUILT = "bin/Release/net10.0"
COMMAND = ["dotnet", os.path.join(ROOT, "src/Morula.Cli", BUILT, "Morula.Cli.dll")]
BENCH = ["dotnet", os.path.join(ROOT, "bench/Morula.Bench", BUILT, "Morula.Bench.dll")]
SCORES = ["truth cells", "predicted cells", "SEG", "accuracy@0.5", "accuracy@0.75", "AP50", "AP"]
SPACING = "SpacingMicrometres=[0.45,0.45,0.45]"
SYNTHETIC = {
    "hard": (16, 900, ["embryo", "--hard", "--set", SPACING]),
    "easy": (8, 910, ["embryo", "--set", SPACING]),
    "large": (1, 920, ["embryo", "--hard", "--set", "Extent=[256,256,256]", "--set", SPACING, "--set", "CellCount=300"]),
    "varied": (24, 905, ["embryo", "--varied"]),
    "various": (12, 906, ["tissue", "--varied", "--set", "Magnification=0.42", "--set", "Variation=0.3"]),
}


NONE = "knows no cell"


def run(words):
    """Seconds and peak memory (MiB) of a process that must end well; nothing where a network knows no cell in the images."""
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read()
    _, code, usage = os.wait4(process.pid, 0)
    if NONE in said.decode():
        return None
    if code:
        sys.exit(f"{' '.join(words)}\n{said.decode()}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def synthetic(name, folder, shared):
    count, seed, options = SYNTHETIC[name]
    if "tissue" in options:
        options = options + ["--set", "Labels=" + os.path.join(shared, "ovule-shapes", "labels.tif")]
    for part, number, own in (("data", count, seed), ("tuning", 3, seed + 5)):
        if name == "large" and part == "tuning":
            continue
        target = os.path.join(folder, part)
        if not os.path.exists(os.path.join(target, "synthesis.json")):
            run(COMMAND + ["synthesize", "--out", target, "--count", str(number), "--seed", str(own)] + options)
    parts = [part for part in ("data", "tuning") if os.path.isdir(os.path.join(folder, part))]
    return [pair(os.path.join(folder, part, "raw", file), part) for part in parts for file in sorted(os.listdir(os.path.join(folder, part, "raw")))]


def pair(image, part):
    return image, image.replace(os.sep + "raw" + os.sep, os.sep + "labels" + os.sep), part


def celegans(shared):
    raw = os.path.join(shared, "celegans", "raw")
    return [pair(os.path.join(raw, f"t{t:03}.tif"), part) for part, frames in (("data", range(46, 54)), ("tuning", (27, 35, 43))) for t in frames]


def nuclei(shared):
    return [(os.path.join(shared, "nuclei", "img3d.tif"), os.path.join(shared, "nuclei", "mask3d.tif"), part) for part in ("data", "tuning")]


def index(folder, pairs):
    """An index file of links whose names do not repeat; answers the images to be predicted."""
    lines, images = ["image,labels,split"], []
    for image, labels, part in pairs:
        links = [os.path.join(folder, "links", kind, f"{part}-{os.path.basename(image)}") for kind in ("raw", "labels")]
        for link, target in zip(links, (image, labels)):
            os.makedirs(os.path.dirname(link), exist_ok=True)
            if not os.path.exists(link):
                os.symlink(os.path.abspath(target), link)
        if part == "data":
            images.append(links[0])
        lines.append(",".join([os.path.relpath(link, folder) for link in links] + ["test" if part == "data" else "training"]))
    with open(os.path.join(folder, "index.csv"), "w") as file:
        file.write("\n".join(lines) + "\n")
    return images


def judge(folder, name, words, megavoxels):
    result = os.path.join(folder, f"{name}.json")
    if not os.path.exists(result):
        measured = run(words)
        if measured is None:
            return None
        seconds, peak = measured
        scores = os.path.join(folder, f"{name}-scores.json")
        run(COMMAND + ["evaluate", "--truth", os.path.join(folder, "links", "labels"), "--prediction", os.path.join(folder, name), "--partial", "--json", scores])
        with open(scores) as file:
            pooled = json.load(file)["pooled"]
        with open(result + ".new", "w") as file:
            json.dump({"scores": pooled, "seconds": seconds / megavoxels, "peak": peak}, file)
        os.rename(result + ".new", result)
    with open(result) as file:
        return json.load(file)


def voxels(path):
    said = subprocess.run(COMMAND + ["info", path], capture_output=True, text=True, check=True).stdout
    line = next(line for line in said.splitlines() if "voxels:" in line)
    sizes = line.split(":")[1].split(",")[0].split(" x ")
    return int(sizes[0]) * int(sizes[1]) * int(sizes[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--network", default="membrane3d")
    parser.add_argument("--sets", default="hard,easy,large,celegans")
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared", "data"))
    parser.add_argument("--set", action="append", default=[], help="options of the prediction")
    parser.add_argument("--diameter", help="size of a cell in µm; left out, estimated")
    options = parser.parse_args()
    table = ["| images | method | " + " | ".join(SCORES) + " | s a megavoxel | peak MiB |", "|---|---|" + "---:|" * (len(SCORES) + 2)]
    for name in options.sets.split(","):
        folder = os.path.join(options.out, name)
        os.makedirs(folder, exist_ok=True)
        pairs = {"celegans": lambda: celegans(options.shared), "nuclei": lambda: nuclei(options.shared)}.get(name, lambda: synthetic(name, folder, options.shared))()
        images = index(folder, pairs)
        megavoxels = sum(voxels(image) for image in images) / 1e6
        overrides = [word for one in options.set for word in ("--set", one)] + (["--diameter", options.diameter] if options.diameter else [])
        rows = [(options.network, judge(folder, "network", COMMAND + ["predict"] + images + ["--model", options.network, "--out", os.path.join(folder, "network"), "--overwrite"] + overrides, megavoxels))]
        if any(part == "tuning" for _, _, part in pairs):
            rows.append(("watershed", judge(folder, "watershed", BENCH + ["classical", os.path.join(folder, "index.csv"), "--tune", "tuning-*", "--find", "data-*", "--out", os.path.join(folder, "watershed")], megavoxels)))
        for method, found in rows:
            if found is None:
                table.append(f"| {name} | {method} | {NONE}" + " |" * (len(SCORES) + 2))
                continue
            numbers = [f"{found['scores'][score]:.0f}" if "cells" in score else f"{found['scores'][score]:.3f}" for score in SCORES]
            table.append(f"| {name} | {method} | " + " | ".join(numbers) + f" | {found['seconds']:.2f} | {found['peak']:.0f} |")
        print("\n".join(table[-len(rows):]), flush=True)
    with open(os.path.join(options.out, "quality.md"), "w") as file:
        file.write("\n".join(table) + "\n")


if __name__ == "__main__":
    main()
