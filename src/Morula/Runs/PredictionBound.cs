using Morula.Options;
using Morula.Planning;
using Morula.Volumes;

namespace Morula.Runs;

/// <summary>Memory that predictions may take.</summary>
/// <param name="Bytes">Of the whole process.</param>
/// <param name="Images">The files to be predicted.</param>
public sealed record PredictionBound(long Bytes, IReadOnlyList<string> Images)
{
    /// <summary>Options whose tiles, and masks at once, keep the largest image within the bound.</summary>
    /// <exception cref="OptionsException">No tiles are small enough.</exception>
    internal MorulaOptions Fit(MorulaOptions options, IProgress<string>? messages)
    {
        var (largest, working) = Images.Select(image => HeaderExtent.Read(image, options)).MaxBy(extents => extents.Working.Count);
        PlanSubject subject = PlanRun.Subject(working) with { Image = largest };
        PlanFit fit = PlanSearch.Prediction(new PlanFit(options, []), subject, Bytes, besideTraining: false);
        foreach (string change in fit.Changes) messages?.Report($"within {ByteSize.Text(Bytes)}: {change}");
        long foretold = PlanRun.Foretell(fit.Options, subject).Prediction.Peak;
        FreedMemory.Settle(foretold, Bytes);
        messages?.Report($"foretold memory: {ByteSize.Text(foretold)} for the largest image, {largest}");
        return fit.Options;
    }
}
