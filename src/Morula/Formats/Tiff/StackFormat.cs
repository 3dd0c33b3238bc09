using Morula.Volumes;

namespace Morula.Formats;

/// <summary>How a stack is laid out in the file that is written.</summary>
/// <param name="Planes">Number of pages.</param>
/// <param name="Height">Rows per plane.</param>
/// <param name="Width">Columns per plane.</param>
/// <param name="Type">Type of one voxel.</param>
/// <param name="Description">ASCII text of the first page.</param>
/// <param name="StepY">Step between rows, µm.</param>
/// <param name="StepX">Step between columns, µm.</param>
/// <param name="IsBigTiff">Whether offsets have 64 bits.</param>
internal sealed record StackFormat(
    int Planes,
    int Height,
    int Width,
    VoxelType Type,
    string Description,
    double StepY,
    double StepX,
    bool IsBigTiff)
{
    // Large enough that a plane of common size is one strip, small enough that one of a slide scanner is several.
    private const int StripBytes = 1 << 22;

    public int RowBytes => Width * TiffPage.SizeOf(Type);

    public int RowsPerStrip => Math.Clamp(StripBytes / RowBytes, 1, Height);

    public int StripsPerPlane => ((Height - 1) / RowsPerStrip) + 1;

    public static StackFormat Of(string path, Extent extent, Spacing spacing, VoxelType type, double? least, double? most)
    {
        if (extent.Rank is < 2 or > 4) throw new ArgumentException($"{path}: rank {extent.Rank} is not written; a volume has rank 2, 3 or 4.");
        if (extent.Count == 0) throw new ArgumentException($"{path}: a volume of {extent} voxels has none to write.");
        int frames = extent.Rank == 4 ? extent[0] : 1;
        int slices = extent.Rank >= 3 ? extent[extent.Rank - 3] : 1;
        bool isOme = path.EndsWith(".ome.tif", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ome.tiff", StringComparison.OrdinalIgnoreCase);
        string description = isOme
            ? OmeText.Describe(Path.GetFileName(path), extent, spacing, type)
            : ImageJText.Describe(frames, slices, spacing, least, most);
        return new StackFormat(
            frames * slices,
            extent[extent.Rank - 2],
            extent[extent.Rank - 1],
            type,
            description,
            spacing[extent.Rank - 2],
            spacing[extent.Rank - 1],
            (extent.Count * TiffPage.SizeOf(type)) + (400L * frames * slices) > TiffWriter.MostClassicBytes);
    }
}
