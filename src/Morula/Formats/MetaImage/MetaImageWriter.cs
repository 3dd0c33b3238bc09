using System.Globalization;
using System.Text;

namespace Morula.Formats;

/// <summary>Writes MetaImage with header and voxels in one file, unpacked.</summary>
internal static class MetaImageWriter
{
    public static void Write(string path, StoredVoxels voxels)
    {
        RawWriter.Require(path, voxels);
        int rank = voxels.Extent.Rank;
        string type = MetaImageHeader.Types.First(pair => pair.Value == voxels.Type).Key;
        string steps = string.Join(' ', voxels.Spacing.Steps.ToArray().Reverse().Select(step => step.ToString("R", CultureInfo.InvariantCulture)));
        string header = string.Create(CultureInfo.InvariantCulture, $"""
            ObjectType = Image
            NDims = {rank}
            BinaryData = True
            BinaryDataByteOrderMSB = False
            CompressedData = False
            DimSize = {string.Join(' ', voxels.Extent.Sizes.ToArray().Reverse())}
            ElementSpacing = {steps}
            ElementType = {type}
            ElementDataFile = LOCAL

            """);
        RawWriter.Write(path, voxels, Encoding.ASCII.GetBytes(header.ReplaceLineEndings("\n")));
    }
}
