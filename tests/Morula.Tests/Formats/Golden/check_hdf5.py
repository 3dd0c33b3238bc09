"""Prints what h5py finds in a file of one dataset; h5dump must be able to read it too, where it is installed."""
import json
import shutil
import subprocess
import sys
import h5py

with h5py.File(sys.argv[1], "r") as file:
    (name,) = file.keys()
    data = file[name]
    print("name", name)
    print("axes", "".join(axis["key"] for axis in json.loads(data.attrs["axistags"])["axes"]))
    print("sizes", *data.shape)
    print("steps", *data.attrs["element_size_um"], *([data.attrs["time_step_s"]] if "time_step_s" in data.attrs else []))
    print("type", data.dtype.name)
    print("packed", data.compression, data.shuffle, *data.chunks)
    voxels = data[...].ravel()
    print("sum", voxels.astype("f8").sum(), voxels.astype("f8") @ range(len(voxels)))
    print("voxels", *voxels[:2000])
if shutil.which("h5dump"):
    subprocess.run(["h5dump", "-d", name, "-o", "/dev/null", sys.argv[1]], check=True, stdout=subprocess.DEVNULL)
