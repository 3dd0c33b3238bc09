"""Writes the files beside it: floating point, time, channels and both byte orders in every plain format.

The voxel at t, z, y, x of channel c is 1000 t + 500 c + 100 z + 10 y + x, plus 1/4 where it is floating point; 2 x 3 x 4 x 5 voxels, 2 channels.
NIfTI by nibabel, .npy by numpy, TIFF by tifffile, MetaImage and INRIMAGE by their specifications.
"""
import platform
import zlib
import gzip
import nibabel
import numpy as np
import tifffile

T, Z, Y, X, C = 2, 3, 4, 5, 2
t, c, z, y, x = np.ogrid[:T, :C, :Z, :Y, :X]
whole = 1000 * t + 500 * c + 100 * z + 10 * y + x           # T C Z Y X
real = whole + 0.25
STEPS = 0.25, 0.5, 1.5, 30                                 # X Y Z T, um and s


def mha(name, data, kind, msb, packed=False):               # T Z Y X or Z Y X, channels last
    channels = 2 if data.shape[-1] == C else 1
    sizes = data.shape[:-1][::-1]
    raw = zlib.compress(data.tobytes()) if packed else data.tobytes()
    header = f"""ObjectType = Image
NDims = {len(sizes)}
BinaryData = True
BinaryDataByteOrderMSB = {msb}
CompressedData = {packed}
CompressedDataSize = {len(raw)}
ElementSpacing = {' '.join(map(str, STEPS[:len(sizes)]))}
DimSize = {' '.join(map(str, sizes))}
ElementNumberOfChannels = {channels}
ElementType = {kind}
ElementDataFile = LOCAL
"""
    open(name, "wb").write(header.encode() + raw)


last = np.moveaxis(whole, 1, -1)                            # T Z Y X C
last_real = np.moveaxis(real, 1, -1)
mha("f4_4d.mha", last_real[..., :1].astype("<f4"), "MET_FLOAT", False)
mha("f4_4d_be.mha", last_real[..., :1].astype(">f4"), "MET_FLOAT", True)
mha("u2_c_be.mha", last[0].astype(">u2"), "MET_USHORT", True)
mha("f8_4d_c_zlib.mha", last_real.astype("<f8"), "MET_DOUBLE", False, packed=True)


def nii(name, data, order="<"):                             # x y z t channels
    image = nibabel.Nifti1Image(data, np.diag([*STEPS[:3], 1]), nibabel.Nifti1Header(endianness=order))
    image.header.set_data_dtype(data.dtype)
    image.header.set_zooms([*STEPS, 1][:data.ndim])
    image.header.set_xyzt_units("micron", "sec")
    nibabel.save(image, name)


first = whole.transpose(4, 3, 2, 0, 1)                      # X Y Z T C
first_real = real.transpose(4, 3, 2, 0, 1)
nii("f4_4d.nii", first_real[..., 0].astype("f4"))
nii("f4_4d_be.nii.gz", first_real[..., 0].astype(">f4"), ">")
nii("i2_c.nii", first.astype("i2"))
nii("f8_be.nii", first_real[:, :, :, 0, 0].astype(">f8"), ">")


def inr(name, data, kind, bits, cpu):                       # Z Y X, channels last
    header = f"#INRIMAGE-4#{{\nXDIM={X}\nYDIM={Y}\nZDIM={Z}\nVDIM={data.shape[-1]}\nTYPE={kind}\nPIXSIZE={bits} bits\nCPU={cpu}\nVX={STEPS[0]}\nVY={STEPS[1]}\nVZ={STEPS[2]}\n"
    body = (header + "\n" * (252 - len(header)) + "##}\n").encode() + data.tobytes()
    open(name, "wb").write(gzip.compress(body, mtime=0) if name.endswith(".gz") else body)


inr("f4.inr", last_real[0, ..., :1].astype("<f4"), "float", 32, "decm")
inr("f8_be.inr.gz", last_real[0, ..., :1].astype(">f8"), "float", 64, "sun")
inr("u2_c_be.inr", last[0].astype(">u2"), "unsigned fixed", 16, "sgi")

np.save("f4_4d.npy", real[:, 0].astype("f4"))
np.save("f8_4d_fortran_be.npy", np.asfortranarray(real[:, 0].astype(">f8")))
np.save("i4_2d_fortran.npy", np.asfortranarray(whole[0, 0, 0].astype("i4")))

imagej = dict(imagej=True, resolution=(1 / STEPS[0], 1 / STEPS[1]))
meta = dict(spacing=STEPS[2], finterval=STEPS[3], unit="um")
tifffile.imwrite("f4_4d.tif", real[:, 0].astype("f4"), metadata=dict(axes="TZYX", **meta), **imagej)
tifffile.imwrite("u2_4d_c_be.tif", whole.transpose(0, 2, 1, 3, 4).astype("u2"), byteorder=">", metadata=dict(axes="TZCYX", **meta), **imagej)
tifffile.imwrite("f4_4d_c.ome.tif", real.astype("f4"), metadata=dict(
    axes="TCZYX", PhysicalSizeX=STEPS[0], PhysicalSizeY=STEPS[1], PhysicalSizeZ=STEPS[2], TimeIncrement=STEPS[3]))

with open("made_by.txt", "w") as note:
    note.write(f"make_variants.py with Python {platform.python_version()} numpy {np.__version__} nibabel {nibabel.__version__} tifffile {tifffile.__version__}\n")
