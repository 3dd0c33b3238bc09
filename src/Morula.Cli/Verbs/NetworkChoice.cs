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

    /// <summary>From arguments; a network that comes with the program is told how large the cells are, as stated or as estimated from some of the images.</summary>
    public static NetworkChoice Of(VerbContext context, string model, double? diameter, Func<bool, IReadOnlyList<ImageFrame>> images)
    {
        string path = ShippedNetworks.PathOf(model);
        string[] overrides = CommonOptions.Overrides(context);
        if (overrides.Any(one => one.StartsWith(ScaleOption, StringComparison.Ordinal)))
            return diameter is null ? new NetworkChoice(path, overrides) : throw new UsageException("--diameter and --set Samples.Spacing both say at which scale the network works; give one of them.");
        if (diameter is null && !ShippedNetworks.Contains(model)) return new NetworkChoice(path, overrides);
        if (diameter is null)
        {
            // One that sees movies has no eye for a single frame.
            bool seesMovies = PredictionRun.SeesMoviesOf(path);
            diameter = CellDiameter.Estimate(seesMovies ? ShippedNetworks.PathOf(ShippedNetworks.Default) : path, images(seesMovies), context.Value(CommonOptions.Device) ?? ComputeDevice.Auto, context.Stop);
            context.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"cells are taken to be about {diameter:0.##} µm wide (--diameter states another size)"));
        }

        IReadOnlyList<string> scale = CellDiameter.Overrides(path, diameter.Value);
        context.Progress.Detail($"network {path}; {string.Join(", ", scale)}, so that such cells look as large as those it was taught on");
        return new NetworkChoice(path, [.. scale, .. overrides]);
    }
}
