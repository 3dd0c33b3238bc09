namespace Morula.Formats;

/// <summary>The pages of a file in order, and what the first says about all of them.</summary>
/// <param name="All">Pages of full resolution.</param>
/// <param name="Description">Text of the first page.</param>
/// <param name="PixelsPerUnit">Pixels per unit of length along X and Y; 0 where not stated.</param>
/// <param name="ResolutionUnit">1 none, 2 inch, 3 centimetre.</param>
internal sealed record TiffPages(
    IReadOnlyList<TiffPage> All,
    string Description,
    (double X, double Y) PixelsPerUnit,
    long ResolutionUnit)
{
    public TiffPage First => All[0];

    /// <summary>Walks the chain of directories, however long; one that comes back to itself is refused.</summary>
    public static TiffPages Read(TiffSource source)
    {
        var seen = new HashSet<long>();
        var pages = new List<TiffPage>();
        TiffDirectory? first = null;
        for (long offset = source.FirstDirectory; offset != 0;)
        {
            if (!seen.Add(offset)) throw source.Fault($"the chain of pages comes back to byte {offset} after {seen.Count} pages; the file is damaged.");
            var directory = new TiffDirectory(source, offset, seen.Count - 1);
            first ??= directory;
            bool isReduced = (directory.Number(TiffTag.NewSubfileType, 0) & 1) != 0;
            if (!isReduced || pages.Count == 0) pages.Add(TiffPageParser.Parse(source, directory));
            offset = directory.Next;
        }

        if (first is null) throw source.Fault("the file has no pages.");
        return new TiffPages(
            pages,
            first.Text(TiffTag.ImageDescription),
            (PerUnit(first, TiffTag.XResolution), PerUnit(first, TiffTag.YResolution)),
            first.Number(TiffTag.ResolutionUnit, 2));
    }

    private static double PerUnit(TiffDirectory directory, TiffTag tag)
    {
        var (numerator, denominator) = directory.Fraction(tag);
        return numerator == 0 || denominator == 0 ? 0 : (double)numerator / denominator;
    }
}
