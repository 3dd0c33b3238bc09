using Morula.Volumes;

namespace Morula.Formats;

/// <summary>An open TIFF file whose structure is known and whose voxels can be read.</summary>
internal sealed class TiffImage : IVolumeReader
{
    private readonly TiffSource source;
    private readonly TiffSeries series;
    private readonly IReadOnlyList<TiffPage> pages;

    private TiffImage(TiffSource source)
    {
        this.source = source;
        TiffPages all = TiffPages.Read(source);
        series = TiffSeries.Read(source, all);
        pages = Planes(all);
        RequireLike();
        Info = MakeInfo();
    }

    public VolumeInfo Info { get; }

    /// <summary>Step along T, Z, Y, X.</summary>
    public Spacing Steps => series.Steps.ToSpacing(4);

    public static TiffImage Open(string path)
    {
        TiffSource opened = TiffSource.Open(path);
        try
        {
            return new TiffImage(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public int[] Piece => [1, 1, pages[0].ChunkHeight, pages[0].ChunkWidth];

    /// <summary>Intensities of the selection, last axis fastest; all finite.</summary>
    public float[] ReadIntensities(VolumeSelection selection)
    {
        float[] voxels = Read<float>(selection, VoxelConversion.ToIntensities);
        if (Info.Type is VoxelType.Float32 or VoxelType.Float64) FiniteVoxels.Require(source.Path, selection.Extent, voxels);
        return voxels;
    }

    /// <summary>Labels of the selection, last axis fastest; none negative.</summary>
    public int[] ReadLabels(VolumeSelection selection) => Read<int>(selection, VoxelConversion.ToLabels);

    public void Dispose() => source.Dispose();

    private TVoxel[] Read<TVoxel>(VolumeSelection selection, VoxelConversion.Convert<TVoxel> convert)
    {
        Block part = selection.Part;
        var planes = new List<TiffPage>();
        for (int frame = part.Lower[0]; frame < part.Upper[0]; frame++)
        {
            for (int slice = part.Lower[1]; slice < part.Upper[1]; slice++)
                planes.Add(pages[series.PageOf(frame, slice, selection.Channel / pages[0].Samples)]);
        }

        var window = new Block(part.Lower[2..], part.Upper[2..]);
        return new PlaneReader<TVoxel>(source, planes, window, selection.Channel % pages[0].Samples, convert).Read(selection.Extent);
    }

    // One page may stand for a whole stack of raw planes that follow it without pages of their own (ImageJ above 4 GB, tifffile).
    private IReadOnlyList<TiffPage> Planes(TiffPages all)
    {
        if (series.Listed is not null || series.Count == all.All.Count) return all.All;
        if (all.All.Count > 1 || !all.First.IsOneRun())
            throw source.Fault($"its description counts {series.Count} planes but there are {all.All.Count} pages; it is truncated or was changed by another program.");
        long held = (source.Length - all.First.Offsets[0]) / all.First.Bytes;
        if (series.Count > held)
            throw source.Fault($"its description counts {series.Count} planes but the file ends after {held}; it is truncated.");
        return [.. Enumerable.Range(0, (int)series.Count).Select(all.First.After)];
    }

    private void RequireLike()
    {
        TiffPage first = pages[0];
        foreach (TiffPage page in pages)
        {
            if (!page.IsLike(first))
                throw source.Fault($"page {page.Index} is {page} but page 0 is {first}; all pages of a volume must be alike.");
        }

        long encoded = pages.Sum(page => page.EncodedBytes);
        if (encoded > source.Length)
            throw source.Fault($"its pages claim {encoded} bytes of voxels but the file has {source.Length}; it is damaged.");
    }

    private VolumeInfo MakeInfo()
    {
        TiffPage first = pages[0];
        int rank = series.Frames > 1 ? 4 : series.Slices > 1 ? 3 : 2;
        int[] sizes = [series.Frames, series.Slices, first.Height, first.Width];
        string leading = string.Concat(series.Order.Where(axis => SizeOf(axis) > 1));
        string axes = first.Samples == 1 ? leading + "YX" : leading + (first.IsSeparate ? "CYX" : "YXC");
        return new VolumeInfo(
            axes,
            new Extent(sizes.AsSpan(4 - rank)),
            series.Steps.ToSpacing(rank),
            first.Type,
            series.Channels * first.Samples,
            series.Frames,
            series.Slices,
            series.Steps.X is not null && series.Steps.Y is not null);

        int SizeOf(char axis) => axis == 'T' ? series.Frames : axis == 'Z' ? series.Slices : series.Channels;
    }
}
