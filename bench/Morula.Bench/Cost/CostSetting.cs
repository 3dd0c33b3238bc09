namespace Morula.Bench.Cost;

/// <summary>One measurement.</summary>
/// <param name="Options">Preset or file of options.</param>
/// <param name="Overrides">Section.Key=value, over the options.</param>
/// <param name="Extent">Sizes of the training image.</param>
/// <param name="Predicted">Sizes of the image to predict.</param>
/// <param name="Steps">Measured steps, and measured predictions, behind one of each to warm up.</param>
/// <param name="Threads">Processor threads.</param>
/// <param name="Seed">Of scene and network.</param>
internal sealed record CostSetting(string Options, string[] Overrides, int[] Extent, int[] Predicted, int Steps, int Threads, int Seed);
