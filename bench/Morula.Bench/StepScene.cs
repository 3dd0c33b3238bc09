using Morula.Bench.Cost;
using Morula.Model;
using Morula.Samples;
using Morula.Training;

namespace Morula.Bench;

/// <summary>Packed scenes as the samples of one training step, and options with anchors fitted to them.</summary>
/// <param name="Options">Whole options; heads work as hard as after training.</param>
/// <param name="Samples">One per image of the batch.</param>
internal sealed record StepScene(MorulaOptions Options, IReadOnlyList<Sample> Samples)
{
    /// <summary>Draws the scenes of a batch.</summary>
    /// <param name="name">Preset or file of options.</param>
    /// <param name="overrides">Section.Key=value, over the options.</param>
    /// <param name="extent">Sizes of an image.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="seed">Of the first scene; the others count on.</param>
    public static StepScene Create(string name, IReadOnlyList<string> overrides, int[] extent, int batch, int seed)
    {
        MorulaOptions options = MorulaOptions.Read(name, overrides);
        SampleOptions plain = options.Samples.Plain() with { Crop = extent, Spacing = null };
        ModelOptions? model = null;
        var samples = new List<Sample>();
        for (int image = 0; image < batch; image++)
        {
            var (store, pair) = PackedScene.Open(PackedScene.Create(extent, seed + image), plain);
            model ??= AnchorFit.Apply(options.Model with { Rank = extent.Length }, store, [pair], seed);
            samples.Add(new SampleSource(store, [pair], plain, seed).Get(0));
        }

        return new StepScene(options with { Samples = plain, Model = CostMeasurement.AsIfTrained(model!, samples.Max(sample => sample.Cells.Count)) }, samples);
    }
}
