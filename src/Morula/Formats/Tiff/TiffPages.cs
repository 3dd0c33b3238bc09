namespace Morula.Formats;

/// <summary>The pages of a file in order, and what the first says about all of them.</summary>
/// <param name="All">Pages of full resolution.</param>
/// <param name="Description">Text of the first page.</param>
/// <param name="UnitsPerPixel">Units of length per pixel along X and Y; null where not stated.</param>
/// <param name="ResolutionUnit">1 none, 2 inch, 3 centimetre.</param>
internal sealed record TiffPages(
    IReadOnlyList<TiffPage> All,
    string Description,
    (double? X, double? Y) UnitsPerPixel,
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
            (PerPixel(first, TiffTag.XResolution), PerPixel(first, TiffTag.YResolution)),
            first.Number(TiffTag.ResolutionUnit, 2));
    }

    // Other writers round a resolution to a fixed denominator, ImageJ to 1/1,000,000 and tifffile to 1/4,294,967,295: seven
    // digits are left, and 0.18 comes back as 0.18. Any other fraction is taken at its word.
    private static double? PerPixel(TiffDirectory directory, TiffTag tag)
    {
        (uint numerator, uint denominator) = directory.Fraction(tag);
        if (numerator == 0 || denominator == 0) return null;
        double step = (double)denominator / numerator;
        bool isRounded = numerator == uint.MaxValue || denominator is uint.MaxValue or 1_000_000;
        return isRounded ? Rounding.ToDigits(step, 7) : step;
    }
}
