namespace Morula.Runs;

/// <summary>How large the cells of images are, µm (voxels of images that state no voxel size).</summary>
/// <param name="Common">Of all of them; where they differ, of one in the middle.</param>
public sealed record CellSizes(double Common)
{
    /// <summary>By the name of an image, without folder and extension, where images differ; else empty.</summary>
    public IReadOnlyDictionary<string, double> Each { get; init; } = new Dictionary<string, double>();

    /// <summary>The smallest: at its scale images have the most voxels.</summary>
    public double Least => Each.Count > 0 ? Each.Values.Min() : Common;

    /// <summary>The largest.</summary>
    public double Most => Each.Count > 0 ? Each.Values.Max() : Common;
}
