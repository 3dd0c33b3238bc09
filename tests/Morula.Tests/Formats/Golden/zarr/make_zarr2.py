"""Arrays of Zarr 2 of every packing, type and order, and images of NGFF 0.4: /usr/bin/python3 make_zarr2.py, in this folder."""
import shutil
import numcodecs
import numpy as np
import zarr
from numcodecs import LZ4, Blosc, GZip, Zlib, Zstd

SHAPE, CHUNKS = (2, 20, 30), (2, 16, 16)
NUMBER = np.arange(1200).reshape(SHAPE) // 3


def voxels(dtype, most):
    return (NUMBER % most).astype(dtype)


def array(group, name, dtype="<u2", most=60000, compressor=None, **more):
    made = group.create_dataset(name, shape=SHAPE, chunks=CHUNKS, dtype=dtype, compressor=compressor, filters=None, **more)
    made[:] = voxels(dtype, most)


shutil.rmtree("codecs2.zarr", ignore_errors=True)
codecs = zarr.open_group("codecs2.zarr", mode="w")
for cname in ("lz4", "lz4hc", "zstd", "zlib", "blosclz"):
    for shuffle, word in ((0, "no"), (1, "byte"), (2, "bit")):
        if cname == "lz4hc" and shuffle < 2:
            continue
        array(codecs, f"blosc_{cname}_{word}", compressor=Blosc(cname=cname, clevel=5, shuffle=shuffle))
array(codecs, "blosc_small_blocks", compressor=Blosc(cname="lz4", clevel=9, shuffle=1, blocksize=256))
array(codecs, "blosc_float64", dtype="<f8", most=400, compressor=Blosc(cname="zstd", shuffle=2))
array(codecs, "zstd", compressor=Zstd(level=3))
array(codecs, "gzip", compressor=GZip(level=5))
array(codecs, "zlib", compressor=Zlib(level=5))
array(codecs, "lz4", compressor=LZ4())
array(codecs, "none")
array(codecs, "fortran", order="F", compressor=Zlib())
array(codecs, "slashes", dimension_separator="/")
for dtype, most in (("|u1", 251), ("|i1", 120), (">u2", 60000), ("<i2", 30000), (">i4", 400), ("<u4", 400), ("<i8", 400), (">f4", 400), (">f8", 400)):
    array(codecs, "type_" + dtype[1:] + ("_big" if dtype[0] == ">" else ""), dtype=dtype, most=most, compressor=Zlib())
part = codecs.create_dataset("missing", shape=SHAPE, chunks=CHUNKS, dtype="<u2", compressor=None, fill_value=7, filters=None)
part[:, :16, :16] = voxels("<u2", 60000)[:, :16, :16]

shutil.rmtree("image2.ome.zarr", ignore_errors=True)
image = zarr.open_group("image2.ome.zarr", mode="w")
axes = [{"name": "t", "type": "time", "unit": "minute"}, {"name": "c", "type": "channel"}, {"name": "z", "type": "space", "unit": "nanometer"},
        {"name": "y", "type": "space", "unit": "micrometer"}, {"name": "x", "type": "space", "unit": "micrometer"}]
scale = lambda *steps: [{"type": "scale", "scale": list(steps)}]
image.attrs["multiscales"] = [{"version": "0.4", "axes": axes, "coordinateTransformations": scale(2, 1, 1, 1, 1), "datasets": [
    {"path": "0", "coordinateTransformations": scale(1, 1, 1500, 0.25, 0.2)}, {"path": "1", "coordinateTransformations": scale(1, 1, 1500, 0.5, 0.4)}]}]
full = np.arange(2 * 2 * 3 * 5 * 7).reshape(2, 2, 3, 5, 7).astype("<u2")
image.create_dataset("0", data=full, chunks=(1, 1, 2, 4, 4), compressor=Blosc(), dimension_separator="/")
image.create_dataset("1", data=full[..., ::2, ::2], chunks=(1, 1, 2, 4, 4), compressor=Blosc(), dimension_separator="/")
labels = image.create_group("labels")
labels.attrs["labels"] = ["cells"]
cells = labels.create_group("cells")
cells.attrs["image-label"] = {"version": "0.4"}
cells.attrs["multiscales"] = [{"version": "0.4", "axes": axes[2:], "datasets": [{"path": "0", "coordinateTransformations": scale(1500, 0.25, 0.2)}]}]
cells.create_dataset("0", data=full[0, 0].astype("<u4") * 1000, chunks=(2, 4, 4), compressor=Zstd(), dimension_separator="/")

with open("made_by.txt", "w") as made:
    made.write(f"# codecs2.zarr, image2.ome.zarr: make_zarr2.py with zarr {zarr.__version__}, numcodecs {numcodecs.__version__}, numpy {np.__version__}\n")
