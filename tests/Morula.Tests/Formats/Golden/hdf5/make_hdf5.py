"""Writes the files beside it by h5py: the labels 0, 1, 2, ... of 4 x 9 x 13 voxels (Z Y X) in every layout that is to be read."""
import json
import platform
import h5py
import numpy as np

labels = np.arange(4 * 9 * 13, dtype="u2").reshape(4, 9, 13)
STEPS = [1.5, 0.2, 0.25]


def plantseg(name, data, dataset="raw", libver=None, steps=STEPS, **options):
    with h5py.File(name, "w", libver=libver) as file:
        file.create_dataset(dataset, data=data, **options).attrs["element_size_um"] = np.array(steps)


packed = dict(chunks=(2, 4, 5), compression="gzip", shuffle=True)
plantseg("contiguous.h5", labels)
plantseg("compact_u1.h5", (labels % 250).astype("u1")[:1])
plantseg("gzip.h5", labels, **packed)
plantseg("fletcher.h5", labels, chunks=(2, 4, 5), fletcher32=True)
plantseg("latest_fixed.h5", labels, libver="latest", **packed)
plantseg("latest_extensible.h5", labels, libver="latest", maxshape=(None, 9, 13), **packed)
plantseg("latest_tree.h5", labels, libver="latest", maxshape=(None, None, 13), **packed)
plantseg("big_endian_u2.h5", labels.astype(">u2"), **packed)
plantseg("big_endian_i4.h5", labels.astype(">i4"))
plantseg("big_endian_f4.h5", labels.astype(">f4"))
plantseg("big_endian_f8.h5", labels.astype(">f8"), **packed)
plantseg("i1.h5", (labels % 100).astype("i1"))
plantseg("u4.h5", labels.astype("u4"))
plantseg("i8.h5", labels.astype("i8"), **packed)
plantseg("u8.hdf5", labels.astype("u8"))
plantseg("f4.h5", labels.astype("f4"), steps=np.array(STEPS, "f4"), **packed)
plantseg("f8.h5", labels.astype("f8"))
plantseg("bool.h5", labels % 3 == 0)
plantseg("predictions.h5", np.stack([labels, labels + 1]).astype("f4"), "predictions", chunks=(1, 2, 4, 5))
plantseg("lzf.h5", labels, chunks=(2, 4, 5), compression="lzf")
plantseg("half.h5", labels.astype("f2"))
plantseg("rank1.h5", labels.ravel())

with h5py.File("plantseg.h5", "w") as file:
    for dataset, data in dict(raw=(labels / 2).astype("f4"), label=labels, segmentation=labels + 1).items():
        file.create_dataset(dataset, data=data, **packed).attrs["element_size_um"] = STEPS

with h5py.File("ilastik.h5", "w") as file:
    movie = np.stack([labels, labels + 1])[..., None]
    data = file.create_dataset("exported_data", data=movie, chunks=(1, 2, 4, 5, 1), compression="gzip")
    data.attrs["axistags"] = json.dumps({"axes": [{"key": key, "typeFlags": 2, "resolution": 0, "description": ""} for key in "tzyxc"]})

with h5py.File("turned.h5", "w") as file:
    data = file.create_dataset("volume", data=np.stack([labels, labels + 1]).transpose(3, 0, 2, 1), chunks=(5, 1, 4, 2))
    for axis, key in zip(data.dims, "xcyz"):
        axis.label = key

with h5py.File("groups.h5", "w", track_order=True) as file:
    file.create_dataset("volumes/first", data=labels)
    file.create_dataset("volumes/second", data=labels + 1, compression="gzip")
    file["volumes/back"] = file["/"]
    file["soft"] = h5py.SoftLink("/volumes/first")
    file["broken"] = h5py.SoftLink("/nowhere")
    file["text"] = "abc"
    file["number"] = 3

for name, order in dict(loop_old=False, loop_new=True).items():
    with h5py.File(name + ".h5", "w", track_order=order) as file:
        file["loop"] = h5py.SoftLink("/loop")
        file.create_dataset("raw", data=labels)
        file.create_dataset("other", data=labels)

# Links in the header of a group (order tracked): to themselves, to each other, to another group's circle, and a chain that arrives.
with h5py.File("circles.h5", "w", track_order=True) as file:
    file["itself"] = h5py.SoftLink("itself")
    file["there"] = h5py.SoftLink("back")
    file["back"] = h5py.SoftLink("there")
    file["far"] = h5py.SoftLink("/inner/itself")
    inner = file.create_group("inner", track_order=True)
    inner["itself"] = h5py.SoftLink("itself")
    inner.create_dataset("raw", data=labels)
    file["third"] = h5py.SoftLink("second")
    file["second"] = h5py.SoftLink("inner/first")
    inner["first"] = h5py.SoftLink("raw")

with open("made_by.txt", "w") as note:
    note.write(f"make_hdf5.py with Python {platform.python_version()} h5py {h5py.__version__} HDF5 {h5py.version.hdf5_version} numpy {np.__version__}\n")
