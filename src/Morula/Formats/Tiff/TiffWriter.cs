using Morula.Volumes;

namespace Morula.Formats;

internal static class TiffWriter
{
    public static void Write(string path, Volume volume, VoxelType type) => throw new NotSupportedException();
    public static void Write(string path, LabelVolume labels) => throw new NotSupportedException();
}
