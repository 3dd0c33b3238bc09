"""Makes training sets on disk: volumes of OME-Zarr (version 2, chunks of 64^3, not packed) tiled from synthetic embryos.

    morula synthesize embryo --out tiles --count 12 --seed 7
    python3 make.py tiles large --volumes 8 --extent 192 1024 1024
    python3 make.py tiles small --volumes 4 --extent 128 128 128

Every tile is one of the embryos (64^3 voxels of 0.5 um, 32 cells); each cell has a label of its own. An intensity takes the high byte, the low one is noise, so
that nothing could be packed. Needs numpy and tifffile.
"""
import argparse
import json
import pathlib

import numpy
import tifffile

CHUNK = 64


def store(path, voxels, spacing):
    array = path / "0"
    array.mkdir(parents=True)
    (path / ".zgroup").write_text(json.dumps({"zarr_format": 2}))
    axes = [{"name": axis, "type": "space", "unit": "micrometer"} for axis in "zyx"]
    levels = [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [spacing] * 3}]}]
    (path / ".zattrs").write_text(json.dumps({"multiscales": [{"version": "0.4", "axes": axes, "datasets": levels}]}))
    (array / ".zarray").write_text(json.dumps({
        "zarr_format": 2, "shape": voxels.shape, "chunks": [CHUNK] * 3, "dtype": "<u2", "compressor": None, "filters": None, "fill_value": 0,
        "order": "C", "dimension_separator": "."}))
    for z in range(0, voxels.shape[0], CHUNK):
        for y in range(0, voxels.shape[1], CHUNK):
            for x in range(0, voxels.shape[2], CHUNK):
                name = f"{z // CHUNK}.{y // CHUNK}.{x // CHUNK}"
                voxels[z:z + CHUNK, y:y + CHUNK, x:x + CHUNK].tofile(array / name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tiles", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--volumes", type=int, required=True)
    parser.add_argument("--extent", type=int, nargs=3, required=True, help="multiples of 64")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    files = sorted((arguments.tiles / "raw").glob("*.tif*"))
    embryos = [(tifffile.imread(file), tifffile.imread(arguments.tiles / "labels" / file.name)) for file in files]
    random = numpy.random.default_rng(arguments.seed)
    for volume in range(arguments.volumes):
        image = random.integers(0, 256, arguments.extent, dtype=numpy.uint16)
        labels = numpy.zeros(arguments.extent, numpy.uint16)
        first = 0
        for z in range(0, arguments.extent[0], CHUNK):
            for y in range(0, arguments.extent[1], CHUNK):
                for x in range(0, arguments.extent[2], CHUNK):
                    seen, truth = embryos[random.integers(len(embryos))]
                    place = (slice(z, z + CHUNK), slice(y, y + CHUNK), slice(x, x + CHUNK))
                    image[place] += seen.astype(numpy.uint16) << 8
                    labels[place] = numpy.where(truth > 0, truth.astype(numpy.uint16) + first, 0)
                    first += int(truth.max())
        assert first < 65536
        store(arguments.out / "raw" / f"v{volume:02}.ome.zarr", image, 0.5)
        store(arguments.out / "labels" / f"v{volume:02}.ome.zarr", labels, 0.5)
        print(f"v{volume:02}: {first} cells", flush=True)


main()
