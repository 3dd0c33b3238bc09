namespace Morula.Fitting;

/// <summary>Memory for images that are read again and again.</summary>
internal static class MemoryAdvice
{
    // Intensity and label of a voxel of a loaded image.
    private const int BytesPerVoxel = 8;
    private const double Room = 1.05;
    private const long Most = 4096;

    public static IEnumerable<Advice> Of(Survey survey, MorulaOptions options)
    {
        long needed = (long)(Room * BytesPerVoxel * new WorkingGrid(survey, options.Samples).Extents.Sum(extent => (double)extent.Count)) >> 20;
        if (needed <= options.Samples.CacheMegabytes) yield break;
        string seen = $"all images take {needed:N0} MiB on the working grid";
        yield return needed <= Most
            ? new Advice("Samples.CacheMegabytes", (((needed / 100) + 1) * 100).ToString(), $"{seen}: with room for them each is read once; lower it on a small machine")
            : new Advice("Samples.SamplesPerImage", "4", $"{seen}, too many to keep: each reading of an image serves four samples");
    }
}
