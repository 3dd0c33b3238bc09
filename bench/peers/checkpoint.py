"""Reads a checkpoint of Morula and what its benchmark dumps beside it; needs nothing but torch and numpy."""
import json
import pathlib
import struct

import numpy as np
import torch


def read_checkpoint(path):
    """Options (a dictionary) and weights by name (float32 tensors) of a safetensors file."""
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__")
    weights = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            continue
        first, last = entry["data_offsets"]
        numbers = np.frombuffer(data, np.float32, (last - first) // 4, 8 + length + first)
        weights[name] = torch.from_numpy(numbers.reshape(entry["shape"]).copy())
    return json.loads(metadata["morula.options"]), weights


def read_array(folder, entry):
    """A raw file in the folder as a tensor; the entry names file, type and shape."""
    numbers = np.fromfile(pathlib.Path(folder) / entry["File"], entry["Type"]).reshape(entry["Shape"])
    return torch.from_numpy(numbers)
