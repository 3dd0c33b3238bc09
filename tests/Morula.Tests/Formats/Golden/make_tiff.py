"""Makes the small TIFF files beside it with other programs' writers: tifffile and libtiff's tiffcp.

Run it in its own folder: python3 make_tiff.py
The voxel at frame t, slice z, channel c, row y, column x is

    v = ((((t * 7 + z) * 5 + c) * 11 + y) * 13 + x) % 251

stored as v (8 bit), 200 v (16 bit), 100000 v (32 bit unsigned), v - 125 (signed), v / 4 - 10 (floating point).
It writes made_by.txt: the versions it ran with and, per file, type and axes with their sizes.
"""
import os
import subprocess

import numpy
import tifffile

RECORD = []


def voxels(dtype, **sizes):
    """Voxels of the axes given (t, z, c, y, x in any order), by the formula above."""
    index = dict(zip(sizes, numpy.indices(tuple(sizes.values()))))
    v = numpy.zeros(tuple(sizes.values()), dtype=numpy.int64)
    for axis, factor in (("t", 1), ("z", 7), ("c", 5), ("y", 11), ("x", 13)):
        v = v * factor + index.get(axis, 0)
    v %= 251
    dtype = numpy.dtype(dtype)
    if dtype.kind == "f":
        return (v / 4 - 10).astype(dtype)
    if dtype.kind == "i":
        return (v - 125).astype(dtype)
    return (v * {1: 1, 2: 200, 4: 100000}[dtype.itemsize]).astype(dtype)


def note(name, dtype, sizes):
    RECORD.append(f"{name} {numpy.dtype(dtype).name} " + " ".join(f"{axis}={size}" for axis, size in sizes.items()))


def write(name, dtype, sizes, **options):
    tifffile.imwrite(name, voxels(dtype, **sizes), **{"photometric": "minisblack", **options})
    note(name, dtype, sizes)


def convert(name, source, dtype, sizes, *options):
    tifffile.imwrite("source.tif", voxels(dtype, **sizes), photometric=source)
    subprocess.run(["tiffcp", *options, "source.tif", name], check=True)
    os.remove("source.tif")
    note(name, dtype, sizes)


PLANE = {"y": 6, "x": 9}
STACK = {"z": 3, **PLANE}
WIDE = {"z": 2, "y": 20, "x": 37}

write("imagej_tzcyx.tif", "uint16", {"t": 2, "z": 3, "c": 2, **PLANE}, imagej=True, byteorder="<",
      resolution=(1 / 0.25, 1 / 0.5), metadata={"axes": "TZCYX", "spacing": 1.5, "unit": "um", "finterval": 30.0})
write("imagej_big_endian_nm.tif", "float32", STACK, imagej=True, byteorder=">",
      resolution=(0.01, 0.005), metadata={"axes": "ZYX", "spacing": 750.0, "unit": "nm"})
write("ome_ctz.ome.tif", "uint16", {"c": 2, "t": 2, "z": 3, **PLANE},
      metadata={"axes": "CTZYX", "PhysicalSizeX": 0.25, "PhysicalSizeXUnit": "µm", "PhysicalSizeY": 500.0,
                "PhysicalSizeYUnit": "nm", "PhysicalSizeZ": 0.0015, "PhysicalSizeZUnit": "mm", "TimeIncrement": 0.5,
                "TimeIncrementUnit": "min"})
write("ome_zct.ome.tif", "uint8", {"z": 3, "c": 2, "t": 2, **PLANE}, metadata={"axes": "ZCTYX"})
write("shape_ztyx.tif", "uint8", {"z": 3, "t": 2, **PLANE}, metadata={"axes": "ZTYX"})
write("shape_nameless.tif", "uint8", {"t": 2, "z": 3, **PLANE})
write("shape_truncated.tif", "uint16", {"t": 2, "z": 3, **PLANE}, metadata={"axes": "TZYX", "truncate": True})
write("plain.tif", "uint8", STACK, metadata=None)
write("bigtiff.tif", "uint8", STACK, bigtiff=True, metadata=None)
write("bigtiff_big_endian.tif", "int16", STACK, bigtiff=True, byteorder=">", compression="zlib", metadata=None)
write("int8.tif", "int8", STACK, metadata=None)
write("int32.tif", "int32", STACK, metadata=None)
write("int64_big_endian.tif", "int64", STACK, byteorder=">", metadata=None)
write("uint32.tif", "uint32", STACK, compression="zlib", metadata=None)
write("float64.tif", "float64", STACK, metadata=None)
write("tiled.tif", "uint16", WIDE, tile=(16, 16), metadata=None)
write("tiled_zlib.tif", "float32", WIDE, tile=(16, 32), compression="zlib", metadata=None)
write("rgb.tif", "uint8", {"z": 2, **PLANE, "c": 3}, photometric="rgb", metadata={"axes": "ZYXS"})
write("rgb_separate.tif", "uint16", {"z": 2, "c": 3, **PLANE}, photometric="rgb", planarconfig="separate", metadata={"axes": "ZSYX"})
write("rgb_separate_tiles.tif", "uint8", {"c": 3, "y": 20, "x": 37}, photometric="rgb", planarconfig="separate", tile=(16, 16),
      compression="zlib", metadata=None)
convert("lzw.tif", "minisblack", "uint8", WIDE, "-c", "lzw", "-r", "7")
convert("lzw_predictor.tif", "minisblack", "uint16", WIDE, "-c", "lzw:2", "-r", "7")
convert("lzw_predictor_big_endian.tif", "minisblack", "uint16", WIDE, "-c", "lzw:2", "-B")
convert("lzw_predictor_rgb.tif", "rgb", "uint16", {"y": 20, "x": 37, "c": 3}, "-c", "lzw:2", "-r", "7")
convert("zip_predictor_32.tif", "minisblack", "uint32", WIDE, "-c", "zip:2", "-r", "7")
convert("zip_predictor_big_endian.tif", "minisblack", "uint32", WIDE, "-c", "zip:2", "-B")
convert("float_predictor.tif", "minisblack", "float32", WIDE, "-c", "zip:3", "-r", "7")
# libtiff 4.5 swaps the bytes of big-endian numbers before this predictor, which it should not, when writing and when
# reading: the second conversion undoes the first and the file is as Adobe's technical note 3 has it.
convert("once.tif", "minisblack", "float32", WIDE, "-c", "zip:3", "-B")
RECORD.pop()
subprocess.run(["tiffcp", "-c", "zip:3", "-B", "once.tif", "float_predictor_big_endian.tif"], check=True)
os.remove("once.tif")
note("float_predictor_big_endian.tif", "float32", WIDE)
convert("float_predictor_tiles.tif", "minisblack", "float64", WIDE, "-c", "lzw:3", "-t", "-w", "16", "-l", "16")
convert("packbits.tif", "minisblack", "uint8", WIDE, "-c", "packbits", "-r", "7")
convert("packbits_big_endian.tif", "minisblack", "int16", WIDE, "-c", "packbits", "-B")
convert("zstd.tif", "minisblack", "uint8", STACK, "-c", "zstd")

with open("made_by.txt", "w") as record:
    libtiff = subprocess.run(["tiffcp", "-h"], capture_output=True, text=True, stderr=None).stdout.split("\n")[0]
    record.write(f"# made by make_tiff.py with numpy {numpy.__version__}, tifffile {tifffile.__version__}, tiffcp of {libtiff}\n")
    record.write("\n".join(RECORD) + "\n")
