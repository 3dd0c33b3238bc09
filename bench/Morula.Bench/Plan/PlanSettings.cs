namespace Morula.Bench.Plan;

/// <summary>The settings that are compared: presets, sizes, ranks, and every means on and off.</summary>
internal static class PlanSettings
{
    private const string Memory = "Training.Memory.";
    private const int Steps = 3;

    /// <summary>Those of a preset: lean, or reference, whose steps take long.</summary>
    public static IEnumerable<PlanSetting> Of(string preset) => preset == "lean" ? Lean() : Reference();

    private static IEnumerable<PlanSetting> Lean()
    {
        foreach (int side in new[] { 64, 96, 128 })
        {
            int[] cube = [side, side, side];
            yield return Train("lean", cube);
            yield return Train("lean", cube, $"{Memory}RegionChunk=8", $"{Memory}RecomputedPyramid=true", $"{Memory}RecomputedStages=3");
            yield return Predict("lean", cube);
        }

        int[] middle = [96, 96, 96];
        yield return Train("lean", middle, $"{Memory}Staged=false");
        yield return Train("lean", middle, $"{Memory}RegionChunk=8");
        yield return Train("lean", middle, $"{Memory}RecomputedPyramid=true");
        yield return Train("lean", middle, $"{Memory}RecomputedStages=1");
        yield return Train("lean", middle, $"{Memory}RecomputedStages=3");
        yield return Train("lean", middle, $"{Memory}Precision=BFloat16");
        yield return Train("lean", [64, 64, 64], "Training.BatchSize=4");
        yield return Train("lean", [64, 64, 64], "Training.BatchSize=4", $"{Memory}ImageChunk=1");
        // An untaught network finds as many cells in every tile as it may; a taught one about a dozen in a tile of this size.
        yield return Predict("lean", [128, 128, 128], "Inference.MostVoxels=300000", "Model.Regions.DetectionCount=12");
        yield return Train("lean", [512, 512]);
        yield return Predict("lean", [512, 512]);
        yield return Train("lean", [6, 48, 48, 48]);
        yield return Predict("lean", [6, 48, 48, 48]);
    }

    private static IEnumerable<PlanSetting> Reference()
    {
        yield return Predict("reference", [64, 64, 64]);
        yield return Train("reference", [64, 64, 64]);
        yield return Train("reference", [64, 64, 64], $"{Memory}Staged=true", $"{Memory}RegionChunk=4");
        yield return Train("reference", [128, 128, 128]);
        string[] all = [$"{Memory}Staged=true", $"{Memory}RegionChunk=4", $"{Memory}RecomputedPyramid=true", $"{Memory}RecomputedStages=4"];
        yield return Train("reference", [128, 128, 128], all);
        yield return Train("reference", [128, 128, 128], [.. all, $"{Memory}StatePrecision=BFloat16"]);
        yield return Predict("reference", [128, 128, 128]);
    }

    private static PlanSetting Train(string preset, int[] extent, params string[] means) => new("train", preset, means, extent, preset == "lean" ? Steps : 1);

    private static PlanSetting Predict(string preset, int[] extent, params string[] means) => new("predict", preset, means, extent, 1);
}
