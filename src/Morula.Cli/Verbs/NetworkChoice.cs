using System.Globalization;
using Morula.Formats;
using Morula.Runs;
using Morula.Tensors;

namespace Morula.Cli.Verbs;

/// <summary>The network of a prediction and the scale at which it sees the images.</summary>
/// <param name="Path">Checkpoint.</param>
/// <param name="Overrides">Options of the prediction.</param>
internal sealed record NetworkChoice(string Path, string[] Overrides)
{
    private const string ScaleOption = "Samples.Spacing=";

    /// <summary>Size of the cells; null where nobody asked for it.</summary>
    public CellSizes? Sizes { get; private init; }

    /// <summary>Of each image where they differ, by its name.</summary>
    public IReadOnlyDictionary<string, double> Diameters => Sizes?.Each ?? new Dictionary<string, double>();

    /// <summary>From arguments; a network that comes with the program is told how large the cells are, as stated or as estimated from some of the images or, where they differ, from each.</summary>
    public static NetworkChoice Of(VerbContext context, string model, double? diameter, ShownImages images)
    {
        string path = ShippedNetworks.PathOf(model);
        string[] overrides = CommonOptions.Overrides(context);
        if (overrides.Any(one => one.StartsWith(ScaleOption, StringComparison.Ordinal)))
            return diameter is null ? new NetworkChoice(path, overrides) : throw new UsageException("--diameter and --set Samples.Spacing both say at which scale the network works; give one of them.");
        if (diameter is null && !ShippedNetworks.Contains(model)) return new NetworkChoice(path, overrides);
        CellSizes sizes = diameter is { } stated ? new CellSizes(stated) : Judged(context, path, images);
        if (diameter is null) context.Progress.Say(Told(sizes));
        IReadOnlyList<string> scale = CellDiameter.Overrides(path, sizes.Least);
        context.Progress.Detail($"network {path}; {string.Join(", ", scale)}, so that {(sizes.Each.Count > 0 ? "the smallest" : "such")} cells look as large as those it was taught on");
        return new NetworkChoice(path, [.. scale, .. overrides]) { Sizes = sizes };
    }

    private static CellSizes Judged(VerbContext context, string path, ShownImages images)
    {
        string device = context.Value(CommonOptions.Device) ?? ComputeDevice.Auto;
        bool seesMovies = PredictionRun.SeesMoviesOf(path);
        if (!seesMovies && !images.IsMovie) return CellDiameter.EstimateEach(path, images.Paths, device, images.Known, new SizeLines(context), context.Stop);
        // One that sees movies has no eye for a single frame.
        return new CellSizes(CellDiameter.Estimate(seesMovies ? ShippedNetworks.PathOf(ShippedNetworks.Default) : path, images.Frames(), device, context.Stop));
    }

    private static string Told(CellSizes sizes) => sizes.Each.Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"cells differ from image to image and are taken to be about {sizes.Least:0.##} to {sizes.Most:0.##} µm wide, each image at its own scale (--diameter states one size for all)")
        : string.Create(CultureInfo.InvariantCulture, $"cells are taken to be about {sizes.Common:0.##} µm wide (--diameter states another size)");

    /// <summary>Progress while images are judged one by one.</summary>
    private sealed class SizeLines(VerbContext context) : IProgress<double>
    {
        public void Report(double value) => context.Progress.Report((long)(1000 * value), 1000, caption: $"size of cells {100 * value:0} %");
    }
}
