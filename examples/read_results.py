"""Reads what Morula writes: python3 read_results.py LABELS.tif CELLS.csv TRACKS.csv LABELS.ome.zarr NETWORK.safetensors

Needs numpy and tifffile; zarr (2 or 3) for the OME-Zarr store. docs/neighbours.md shows what it prints.
"""
import csv
import json
import struct
import sys

import numpy as np
import tifffile


def labels(path):
    """A label volume and its voxel size in um, slowest axis first."""
    with tifffile.TiffFile(path) as file:
        voxels = file.asarray()
        across, count = file.pages[0].tags["XResolution"].value  # voxels a um, as ImageJ states it
        side = count / across
        depth = (file.imagej_metadata or {}).get("spacing", side)
    return voxels, (depth, side, side)


def cells(path):
    """A row a cell; its neighbours and the areas of contact as lists."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["neighbours"] = [int(one) for one in row["neighbours"].split(";") if one]
        row["contact_um2"] = [float(one) for one in row["contact_um2"].split(";") if one]
    return rows


def divisions(path):
    """(mother, daughters) of every division of a movie."""
    with open(path, newline="", encoding="utf-8") as file:
        parent = {int(row["label"]): int(row["parent_label"]) for row in csv.DictReader(file) if int(row["parent_label"])}
    return [(mother, sorted(own for own in parent if parent[own] == mother)) for mother in sorted(set(parent.values()))]


def store(path):
    """Finest level of an OME-Zarr store and its voxel size."""
    import zarr

    group = zarr.open_group(path, mode="r")
    attributes = dict(group.attrs)
    image = attributes.get("ome", attributes)["multiscales"][0]
    finest = image["datasets"][0]
    return np.asarray(group[finest["path"]]), finest["coordinateTransformations"][0]["scale"]


def network(path):
    """Weights by name and every option, without the package safetensors."""
    kinds = {"F32": np.float32, "F64": np.float64, "F16": np.float16, "I64": np.int64, "I32": np.int32, "U8": np.uint8}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    options = json.loads(header.pop("__metadata__")["morula.options"])
    weights = {}
    for name, about in header.items():
        if about["dtype"] not in kinds:
            continue
        start, end = about["data_offsets"]
        weights[name] = np.frombuffer(data[start:end], kinds[about["dtype"]]).reshape(about["shape"])
    return weights, options


if __name__ == "__main__":
    volume, spacing = labels(sys.argv[1])
    table = cells(sys.argv[2])
    print(f"labels: {volume.shape} {volume.dtype}, voxels of {spacing} um, {len(np.unique(volume)) - 1} cells")
    first = table[0]
    counted = np.count_nonzero(volume == int(first["id"])) * np.prod(spacing)
    print(f"cell {first['id']}: {first['volume_um3']} um3 in the table, {counted:g} um3 counted, {len(first['neighbours'])} neighbours")
    print(f"divisions: {divisions(sys.argv[3])}")
    level, scale = store(sys.argv[4])
    print(f"store: {level.shape} {level.dtype}, voxels of {scale} um, as in the TIFF: {np.array_equal(level, volume)}")
    weights, options = network(sys.argv[5])
    print(f"network: {len(weights)} arrays, {sum(one.size for one in weights.values()):,} numbers, spacing {options['Samples']['Spacing']} um, rank {options['Model'].get('Rank', 3)}")
