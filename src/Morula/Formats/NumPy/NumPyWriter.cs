using System.Buffers.Binary;
using System.Text;

namespace Morula.Formats;

/// <summary>Writes NumPy's .npy, version 1, little-endian, C order. It has no place for a spacing.</summary>
internal static class NumPyWriter
{
    private const int Alignment = 64;

    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        string type = voxels.Type switch
        {
            VoxelType.UInt8 => "|u1",
            VoxelType.UInt16 => "<u2",
            VoxelType.UInt32 => "<u4",
            _ => "<f4",
        };
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", voxels.Extent.Sizes.ToArray())}), }}";
        int bytes = (text.Length + 11 + Alignment - 1) / Alignment * Alignment;
        byte[] header = [.. NumPyHeader.Magic, 1, 0, 0, 0, .. Encoding.ASCII.GetBytes(text.PadRight(bytes - 11) + "\n")];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(bytes - 10));
        RawWriter.Write(path, voxels, header);
    }
}
