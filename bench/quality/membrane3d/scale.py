#!/usr/bin/env python3
"""Copies frames and their labels with voxel sizes restated, so that the median cell has a wanted size.

    scale.py [--together] SHARED_DATA/celegans OUT SIZE FRAME...

SIZE is in µm: the median over the cells of a frame of the geometric mean of the sides of their boxes; with --together the median over the frames holds for
all of them, as a movie has one voxel size. Voxels stay as they are. Writes OUT/raw and OUT/labels
(ImageJ TIFF). Needs numpy and tifffile.
"""
import os, sys
import numpy as np, tifffile


def spacing(path):
    with tifffile.TiffFile(path) as file:
        tags, z = file.pages[0].tags, (file.imagej_metadata or {}).get("spacing", 1.0)
        across = [tags[name].value[1] / tags[name].value[0] for name in ("YResolution", "XResolution")]
    return [z] + across


def median(labels, steps):
    sizes = []
    for label in np.unique(labels[labels > 0]):
        box = [np.flatnonzero((labels == label).any(axis=tuple(other for other in range(3) if other != axis))) for axis in range(3)]
        sizes.append(np.prod([(places[-1] - places[0] + 1) * step for places, step in zip(box, steps)]) ** (1 / 3))
    return np.median(sizes)


def read(name, kind):
    path = os.path.join(source, kind, name + ".tif")
    return tifffile.imread(path), spacing(path)


arguments = [argument for argument in sys.argv[1:] if argument != "--together"]
source, target, size, names = arguments[0], arguments[1], float(arguments[2]), arguments[3:]
factors = [size / median(*read(name, "labels")) for name in names]
if "--together" in sys.argv: factors = [np.median(factors)] * len(names)
for name, factor in zip(names, factors):
    for kind in ("labels", "raw"):
        voxels, steps = read(name, kind)
        z, y, x = [step * factor for step in steps]
        os.makedirs(os.path.join(target, kind), exist_ok=True)
        tifffile.imwrite(os.path.join(target, kind, name + ".tif"), voxels, imagej=True, resolution=(1 / x, 1 / y), metadata={"spacing": z, "unit": "um", "axes": "ZYX"})
    print(f"{name} x {factor:.3f}")
