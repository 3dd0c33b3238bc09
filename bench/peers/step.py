"""Measures one training step of Morula's network written in PyTorch: step.py FOLDER, with what `peer` has dumped there.

The last line that it prints is the result as JSON: how far it is from the dumped network, seconds and bytes of a step.
"""
import ctypes
import gc
import json
import pathlib
import statistics
import sys
import time

import torch

from checkpoint import read_array, read_checkpoint
from detector import MaskRcnn


def memory(key):
    """Bytes of this process, as /proc counts them."""
    for line in open("/proc/self/status"):
        if line.startswith(key + ":"):
            return 1024 * int(line.split()[1])
    return 0


def reset_peak():
    """Gives back what is free, and lets VmHWM begin anew."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pathlib.Path("/proc/self/clear_refs").write_text("5")


def libraries():
    """Files of the linear algebra that is loaded."""
    return sorted({line.split("/")[-1].strip() for line in open("/proc/self/maps") if "blas" in line or "libmkl" in line})


def difference(found, expected):
    """Norm of the difference, relative."""
    return ((found - expected).norm() / expected.norm()).item()


def compare(model, folder, dump, images, truth, labels):
    """One step's losses and the maps before them, with the anchors and regions that Morula drew."""
    anchors = [tuple(torch.tensor(image[key], dtype=torch.int64) for key in ("Positive", "Negative", "Truths")) for image in dump["Anchors"]]
    drawn = dump["Regions"]
    regions = [torch.tensor(drawn["Boxes"]).reshape(-1, 6)] + [torch.tensor(drawn[key], dtype=torch.int64) for key in ("Images", "Truths", "Classes")]
    with torch.no_grad():
        levels, logits, deltas = model.predict(images)
        expected = [read_array(folder, entry) for entry in dump["Levels"]]
        return {
            "LevelErrors": [difference(*pair) for pair in zip(levels, expected)],
            "LogitError": difference(logits, read_array(folder, dump["Logits"])),
            "DeltaError": difference(deltas, read_array(folder, dump["Deltas"])),
            "Losses": {name: loss.item() for name, loss in model.losses(images, truth, labels, anchors, regions).items()},
        }


def measure(model, options, dump, images, truth, labels):
    """Median seconds of a step behind one to warm up, and the largest memory of all."""
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=options["WeightDecay"])
    reset_peak()
    seconds, processor = [], []
    for rate in dump["LearningRates"]:
        begun, used = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        loss = sum(model.losses(images, truth, labels).values())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), options["GradientNorm"])
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
        if not torch.isfinite(loss):
            raise ArithmeticError("The losses are not finite.")
        seconds.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    return {
        "StepSeconds": statistics.median(seconds[1:]), "ProcessorSeconds": statistics.median(processor[1:]), "PeakBytes": memory("VmHWM")}


def main(folder):
    dump = json.loads((pathlib.Path(folder) / "dump.json").read_text())
    torch.set_num_threads(dump["Threads"])
    torch.manual_seed(dump["Seed"])
    torch.rand(64, 64).mm(torch.rand(64, 64)).sum().item()
    reset_peak()
    base = memory("VmRSS")
    options, weights = read_checkpoint(pathlib.Path(folder) / dump["Checkpoint"])
    model = MaskRcnn(options["Model"])
    model.load_state_dict(weights)
    del weights
    images, labels = read_array(folder, dump["Images"]), read_array(folder, dump["Labels"])
    truth = [{
        "boxes": torch.tensor(cells["Boxes"]).reshape(-1, 6),
        "labels": torch.tensor(cells["Labels"], dtype=torch.int32),
        "classes": torch.tensor(cells["Classes"], dtype=torch.int64),
    } for cells in dump["Cells"]]
    result = compare(model, folder, dump, images, truth, labels)
    result.update(measure(model, options["Training"], dump, images, truth, labels))
    result.update({"BaseBytes": base, "Torch": torch.__version__, "Libraries": libraries()})
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
