using System.Buffers.Binary;

namespace Morula.Formats;

/// <summary>Writes NIfTI-1 in one file, little-endian, steps in microns and seconds, in gzip where the name says so.</summary>
internal static class NiftiWriter
{
    // The header and four bytes that say that no extension follows.
    private const int Offset = NiftiHeader.Bytes + 4;
    private const byte MicronsAndSeconds = 3 | 8;

    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        if (voxels.Sizes.Max() > short.MaxValue)
            throw new VolumeFormatException(path, $"NIfTI-1 holds at most {short.MaxValue} voxels along an axis, not {voxels.Extent}; write another format.");
        var header = new byte[Offset];
        void Short(int place, int value) => BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(place), (short)value);
        void Float(int place, double value) => BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(place), (float)value);
        BinaryPrimitives.WriteInt32LittleEndian(header, NiftiHeader.Bytes);
        Short(40, voxels.Extent.Rank);
        Float(76, 1);
        for (int axis = 1; axis <= 7; axis++)
        {
            Short(40 + (2 * axis), axis <= 4 ? voxels.Sizes[4 - axis] : 1);
            Float(76 + (4 * axis), axis <= 4 ? voxels.Steps[4 - axis] : 1);
        }

        Short(70, NiftiHeader.Types.First(pair => pair.Value == voxels.Type).Key);
        Short(72, 8 * RawHeader.BytesOf(voxels.Type));
        Float(108, Offset);
        Float(112, 1);
        header[123] = MicronsAndSeconds;
        "n+1\0"u8.CopyTo(header.AsSpan(344));
        RawWriter.Write(path, voxels, header);
    }
}
