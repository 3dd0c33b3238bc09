using System.Globalization;
using System.Text;
using Morula.Formats;
using Morula.Volumes;

namespace Morula.Tests.Viewer;

/// <summary>
/// A tracked movie in which everything is known: eight cells in a block, 2 x 2 x 2, with walls between them; in the middle of the movie cell 8 becomes its
/// daughters 9 and 10. Images lie on another grid over the same field.
/// </summary>
internal static class BlockMovie
{
    public static readonly Extent Size = new(16, 24, 32);
    public static readonly Spacing Step = new(0.8, 0.5, 0.4);

    /// <summary>Writes labels/, raw/ and tracks.csv.</summary>
    public static void Write(string folder, int frames, string name = "cell")
    {
        var table = new StringBuilder("t,label,parent_label,name\n");
        for (int frame = 0; frame < frames; frame++)
        {
            LabelVolume labels = Labels(frame, frames);
            VolumeFile.Write(Path.Combine(folder, "labels", $"t{frame:000}.tif"), labels);
            VolumeFile.Write(Path.Combine(folder, "raw", $"t{frame:000}.tif"), Image(labels), VoxelType.UInt8);
            foreach (LabelledCell cell in labels.Cells())
                table.Append(CultureInfo.InvariantCulture, $"{frame},{cell.Label},{(cell.Label > 8 ? 8 : 0)},{name} {cell.Label}\n");
        }

        File.WriteAllText(Path.Combine(folder, "tracks.csv"), table.ToString());
    }

    public static LabelVolume Labels(int frame, int frames)
    {
        var labels = new LabelVolume(Size, Step);
        for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
        {
            var (z, y, x) = (voxel / (24 * 32), voxel / 32 % 24, voxel % 32);
            bool isInside = z is > 0 and < 15 && y is > 1 and < 22 && x is > 1 and < 30;
            int cell = 1 + (z / 8 * 4) + (y / 12 * 2) + (x / 16);
            if (cell == 8 && 2 * frame >= frames) cell = x < 23 ? 9 : 10;
            labels.Voxels[voxel] = isInside ? cell : 0;
        }

        return labels;
    }

    // Bright where another cell begins.
    private static Volume Image(LabelVolume labels)
    {
        var image = new Volume(labels.Extent, labels.Spacing);
        for (int voxel = 0; voxel < image.Voxels.Length - 1; voxel++)
            image.Voxels[voxel] = 20 + (voxel * 7 % 11) + (labels.Voxels[voxel] != labels.Voxels[voxel + 1] || labels.Voxels[voxel] != labels.Voxels[(voxel + 32) % image.Voxels.Length] ? 180 : 0);
        return image.Resample(new Extent(12, 30, 36));
    }
}
