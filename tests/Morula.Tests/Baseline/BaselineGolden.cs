using System.Text.Json;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Baseline;

/// <summary>What scikit-image says of an image; the script lies beside the numbers.</summary>
internal sealed record BaselineGolden(Extent Extent, ushort[] Levels, IReadOnlyList<(int Depth, int[] Minima, int[] Watershed)> Answers)
{
    private static readonly JsonElement Cases = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Baseline", "Golden", "baseline.json"))).RootElement.GetProperty("cases");

    public static TheoryData<int> Names => [.. Enumerable.Range(0, Cases.GetArrayLength())];

    public static BaselineGolden Read(int index)
    {
        JsonElement one = Cases[index];
        return new BaselineGolden(
            new Extent(Numbers(one.GetProperty("extent"))),
            Array.ConvertAll(Numbers(one.GetProperty("levels")), level => (ushort)level),
            [.. one.GetProperty("answers").EnumerateArray().Select(answer =>
                (answer.GetProperty("depth").GetInt32(), Numbers(answer.GetProperty("minima")), Numbers(answer.GetProperty("watershed"))))]);
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];
}
