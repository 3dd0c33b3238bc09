"""Prints what numpy, nibabel or the formats' specifications find in a file: sizes, steps and voxels, along T Z Y X.

Shares no line with the program that wrote it.
"""
import gzip
import sys
import numpy as np

path = sys.argv[1]
if ".nii" in path:
    import nibabel
    image = nibabel.load(path)
    units = {"micron": 1, "sec": 1, "unknown": 0}
    assert all(units[unit] == 1 for unit in image.header.get_xyzt_units()[:2 if image.ndim > 3 else 1]), image.header.get_xyzt_units()
    data, steps = np.asarray(image.dataobj), image.header.get_zooms()
    data, steps = data.T, [float(str(step)) for step in steps][::-1]
elif path.endswith(".npy"):
    data = np.load(path)
    steps = [1.0] * data.ndim
elif path.endswith(".mha"):
    content = open(path, "rb").read()
    header, _, body = content.partition(b"ElementDataFile = LOCAL\n")
    fields = dict(line.split(" = ") for line in header.decode().splitlines())
    kind = {"MET_UCHAR": "u1", "MET_USHORT": "<u2", "MET_UINT": "<u4", "MET_FLOAT": "<f4"}[fields["ElementType"]]
    assert fields["BinaryData"] == "True" and fields.get("BinaryDataByteOrderMSB", "False") == "False"
    data = np.frombuffer(body, kind).reshape([int(size) for size in fields["DimSize"].split()][::-1])
    steps = [float(step) for step in fields["ElementSpacing"].split()][::-1]
    assert int(fields["NDims"]) == data.ndim == len(steps)
else:
    content = (gzip.open if path.endswith(".gz") else open)(path, "rb").read()
    fields = dict(line.split("=") for line in content[:256].decode().splitlines() if "=" in line)
    assert content.startswith(b"#INRIMAGE-4#{\n") and content[252:256] == b"##}\n" and fields["CPU"] == "decm"
    kind = {"unsigned fixed": "<u", "float": "<f"}[fields["TYPE"]] + str(int(fields["PIXSIZE"].split()[0]) // 8)
    data = np.frombuffer(content[256:], kind).reshape([int(fields[axis + "DIM"]) for axis in "ZYX"])
    steps = [float(fields["V" + axis]) for axis in "ZYX"]
print("sizes", *data.shape)
print("steps", *steps)
print("type", data.dtype.name)
print("voxels", *data.ravel())
