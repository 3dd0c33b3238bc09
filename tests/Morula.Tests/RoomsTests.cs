using System.Text.RegularExpressions;
using Xunit;

namespace Morula.Tests;

/// <summary>The plan of the house, read off its source: who may know whom, who may see a tensor, who may ask for the rank.</summary>
public sealed partial class RoomsTests
{
    private static readonly string[] Pipeline =
    [
        "Options", "Volumes", "Lineages", "Formats", "Synthesis", "Tensors", "Measuring", "Sharing", "Samples", "Geometry", "Matching", "Layers", "Backbone", "Proposals", "Regions",
        "Model", "Inference", "Streaming", "Tracking", "Correction", "Evaluation", "Baseline", "Reports", "Planning", "Training", "Fitting", "Runs", "Jobs", "Comparison", "Diagnosis",
    ];

    private static readonly string[] WithoutTensor = ["Options", "Volumes", "Lineages", "Formats", "Synthesis", "Sharing", "Samples", "Inference", "Streaming", "Tracking", "Correction", "Evaluation", "Baseline", "Reports", "Planning", "Fitting"];

    private static readonly string[] NetworkUsers = [.. new[] { "Predictor.cs", "TileNetwork.cs" }.Select(file => Path.Combine("Inference", file))];
    private static readonly string RankSwitch = Path.Combine("Layers", "Conv.cs");

    [Fact]
    public void Every_room_has_its_place_in_the_pipeline() =>
        Assert.Equal(Pipeline.Order(), Sources().Select(source => source.Room).Distinct().Order());

    [Fact]
    public void Arrows_point_to_earlier_rooms_only()
    {
        string[] wrong = [.. Sources().SelectMany(source => RoomsNamedIn(source.Code)
            .Where(room => Array.IndexOf(Pipeline, room) > Array.IndexOf(Pipeline, source.Room))
            .Select(room => $"{source.File} knows {room}"))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Rooms_of_the_host_see_no_tensor()
    {
        string[] wrong = [.. Sources()
            .Where(source => WithoutTensor.Contains(source.Room) && !NetworkUsers.Contains(source.File) && source.Code.Contains("TorchSharp", StringComparison.Ordinal))
            .Select(source => source.File)];
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_rank_is_switched_on_in_one_file() =>
        Assert.Equal([RankSwitch], Sources().Where(source => SwitchOnRank().IsMatch(source.Code)).Select(source => source.File));

    [Theory]
    [InlineData("int taps = rank switch { 2 => 1, _ => 2 };", true)]
    [InlineData("switch (image.Rank)", true)]
    [InlineData("return kernel.Length switch", true)]
    [InlineData("if (rank == 2) return;", false)]
    [InlineData("return kind switch", false)]
    public void A_switch_on_rank_is_known_when_seen(string code, bool isOne) => Assert.Equal(isOne, SwitchOnRank().IsMatch(code));

    [Fact]
    public void A_room_is_known_when_named() =>
        Assert.Equal(["Model", "Volumes"], RoomsNamedIn("using Morula.Model;\nMorula.Volumes.Extent size = MorulaOptions.Default;"));

    private static IEnumerable<string> RoomsNamedIn(string code) =>
        RoomName().Matches(code).Select(match => match.Groups[1].Value).Where(Pipeline.Contains).Distinct();

    /// <summary>The files in rooms, without comments; those beside the rooms, MorulaOptions and Presets, see all of them.</summary>
    private static IReadOnlyList<(string Room, string File, string Code)> Sources()
    {
        string? root = Find();
        Assert.SkipWhen(root is null, "the source is not here.");
        return [.. Directory.EnumerateFiles(root!, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root!, path))
            .Where(file => file.Contains(Path.DirectorySeparatorChar) && !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (file.Split(Path.DirectorySeparatorChar)[0], file, Comment().Replace(File.ReadAllText(Path.Combine(root!, file)), string.Empty)))];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "src", "Morula");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }

    [GeneratedRegex(@"\bMorula\.([A-Z]\w*)")]
    private static partial Regex RoomName();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b([rR]ank|[kK]ernel\.Length)\s+switch\b|\bswitch\s*\((\w+\.)*([rR]ank|[kK]ernel\.Length)\)")]
    private static partial Regex SwitchOnRank();
}
