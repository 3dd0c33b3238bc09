namespace Morula.Formats;

/// <summary>What the pages of a file mean: how many frames, slices and channels, and which page is which.</summary>
/// <param name="Order">Axes of the pages, slowest first: some order of T, Z, C.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Slices">Number of slices.</param>
/// <param name="Channels">Number of channels that have pages of their own.</param>
/// <param name="Steps">Size of a voxel.</param>
internal sealed record TiffSeries(string Order, int Frames, int Slices, int Channels, VoxelSize Steps)
{
    /// <summary>Page of each plane where the file lists them one by one, frames slowest, then slices, then channels.</summary>
    public int[]? Listed { get; init; }

    /// <summary>Number of planes that have pages of their own; saturates where a file claims absurd sizes.</summary>
    public long Count => (long)Int128.Min((Int128)Frames * Slices * Channels, long.MaxValue);

    public static TiffSeries Read(TiffSource source, TiffPages pages)
    {
        string text = pages.Description;
        if (text.StartsWith("ImageJ=", StringComparison.Ordinal)) return ImageJDescription.Parse(source, pages);
        if (OmeDescription.IsOne(text)) return OmeDescription.Parse(source, pages);
        return ShapeDescription.TryParse(source, pages) ?? Plain(pages);
    }

    /// <summary>The page that holds a plane.</summary>
    public int PageOf(int frame, int slice, int channel)
    {
        if (Listed is not null) return Listed[(((frame * Slices) + slice) * Channels) + channel];
        int page = 0;
        foreach (char axis in Order)
        {
            (int size, int index) = axis switch
            {
                'T' => (Frames, frame),
                'Z' => (Slices, slice),
                _ => (Channels, channel),
            };
            page = (page * size) + index;
        }

        return page;
    }

    // Resolution in inches is most often a default for printing; centimetres are written by microscopes.
    private static TiffSeries Plain(TiffPages pages)
    {
        (double? x, double? y) = pages.ResolutionUnit == 3 ? pages.UnitsPerPixel : (null, null);
        var steps = new VoxelSize(null, null, LengthUnit.ToMicrometres(y, "cm"), LengthUnit.ToMicrometres(x, "cm"));
        return new TiffSeries("TZC", 1, pages.All.Count, 1, steps);
    }
}
