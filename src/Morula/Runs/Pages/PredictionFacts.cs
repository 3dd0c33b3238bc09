using System.Globalization;
using Morula.Measuring;
using Morula.Options;
using Morula.Planning;
using Morula.Reports;

namespace Morula.Runs;

/// <summary>The end of a page of a prediction: how it was made.</summary>
internal static class PredictionFacts
{
    private const int FingerprintLetters = 12;

    public static void AddTo(Page page, PredictionRun run, RunCost cost)
    {
        MorulaOptions options = run.Options;
        page.Section("How this was made").Definitions(
        [
            new("network", $"{run.NetworkName} (rank {options.Model.Rank}, preset {options.Preset}, {ReportNumber.Count(run.Network.ParameterCount)} parameters, fingerprint {run.Fingerprint[..FingerprintLetters]})"),
            new("working grid", Grid(run)),
            new("membranes", options.Inference.Refinement.Enabled ? "cells were fitted to bright membranes" : "the network's masks were kept as they are"),
            new("time", ReportNumber.Duration(cost.Elapsed) + (cost.Processes > 1 ? $", of {cost.Processes} processes together" : string.Empty)),
            new("memory", $"{ByteSize.Text(cost.PeakBytes)} at most{(cost.Processes > 1 ? " in one process" : string.Empty)}"),
            new("seed", options.Training.Seed.ToString(CultureInfo.InvariantCulture)),
            new("version", $"Morula {Machine.ProgramVersion}"),
            new("system", Machine.System),
            new("made at", cost.Ended.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC"),
        ]);
        page.Options(OptionsFile.Write(options));
    }

    private static string Grid(PredictionRun run)
    {
        if (run.Diameters.Count > 0)
        {
            double[] sizes = [.. run.Diameters.Values.Order()];
            return string.Create(CultureInfo.InvariantCulture, $"each image its own, since cells are {sizes[0]:0.##} to {sizes[^1]:0.##} µm wide");
        }

        return run.Options.Samples.Spacing is { } steps ? $"voxels of {string.Join(" x ", steps.Select(step => step.ToString("0.####", CultureInfo.InvariantCulture)))} µm" : "the image's own voxels";
    }
}
