using System.Globalization;
using System.Text;

namespace Morula.Formats;

/// <summary>Writes INRIMAGE-4, little-endian, in gzip where the name says so.</summary>
internal static class InrimageWriter
{
    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        if (voxels.Sizes[0] > 1)
            throw new VolumeFormatException(path, $"INRIMAGE has no axis of time, for {voxels.Sizes[0]} frames; write each frame to a file of its own, or another format.");
        int[] sizes = voxels.Sizes;
        double[] steps = voxels.Steps;
        string type = voxels.Type == VoxelType.Float32 ? "float" : "unsigned fixed";
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{InrimageHeader.Magic}\nXDIM={sizes[3]}\nYDIM={sizes[2]}\nZDIM={sizes[1]}\nVDIM=1\nTYPE={type}\nPIXSIZE={8 * RawHeader.BytesOf(voxels.Type)} bits\nSCALE=2**0\nCPU=decm\nVX={steps[3]:R}\nVY={steps[2]:R}\nVZ={steps[1]:R}\n");
        int bytes = (text.Length + 4 + InrimageHeader.BlockBytes - 1) / InrimageHeader.BlockBytes * InrimageHeader.BlockBytes;
        RawWriter.Write(path, voxels, Encoding.ASCII.GetBytes(text.PadRight(bytes - 4, '\n') + "##}\n"));
    }
}
