using System.Text.RegularExpressions;
using Morula.Options;
using Morula.Tests.Formats;
using Morula.Tests.Training;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Examples;

/// <summary>What docs/library.md shows is what is compiled here, and it runs.</summary>
public sealed partial class LibraryPageTests : IDisposable
{
    private const int MostLines = 20;
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_example_of_the_page_is_a_file_that_is_compiled()
    {
        string root = Root();
        string page = File.ReadAllText(Path.Combine(root, "docs", "library.md")).ReplaceLineEndings("\n");
        string[] shown = [.. Block().Matches(page).Select(match => match.Groups[1].Value)];
        string[] compiled = [.. Directory.EnumerateFiles(Path.Combine(root, "tests", "Morula.Tests", "Examples"), "*.cs")
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n")).Where(text => text.Contains("\nnamespace Examples;", StringComparison.Ordinal))];
        Assert.NotEmpty(compiled);
        Assert.Equal(compiled.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.All(shown, text => Assert.InRange(text.TrimEnd().Split('\n').Length, 1, MostLines));
    }

    [Fact]
    public void Synthesized_images_are_read_written_evaluated_and_tracked()
    {
        global::Examples.Synthesize.Run(folder["data"]);
        string[] images = Files("data/images/raw"), labels = Files("data/images/labels");
        Assert.Equal(3, images.Length);
        Directory.CreateDirectory(folder["out"]);
        Assert.Equal(12, global::Examples.ReadAndWrite.Run(images[0], labels[0], folder["out"]));
        Assert.Equal(1.0, global::Examples.Evaluate.Run(labels[0], folder["out/cells.ome.zarr"]));
        LabelVolume first = Morula.Formats.VolumeFile.ReadLabels(Files("data/movie/labels")[0]);
        Assert.InRange(global::Examples.Track.Run(folder["data/movie/labels"], folder["tracked"]), first.Cells().Count, 4 * first.Cells().Count);
    }

    [Fact]
    public void A_network_is_trained()
    {
        using var tiny = new TinyTraining();
        File.WriteAllText(folder["tiny.json"], OptionsFile.Write(TinyTraining.Options));
        string best = global::Examples.Train.Run(folder["tiny.json"], tiny.Data, folder["run"], TestContext.Current.CancellationToken);
        Assert.True(File.Exists(best));
    }

    [Fact]
    public void Cells_are_predicted()
    {
        using var tiny = new TinyTraining();
        string image = Directory.EnumerateFiles(Path.Combine(tiny.Data, "raw")).Order(StringComparer.Ordinal).First();
        int cells = global::Examples.Predict.Run(image, 6, folder["cells"]);
        Assert.InRange(cells, 1, 20);
        Assert.Equal(2, Files("cells").Length);
    }

    public void Dispose() => folder.Dispose();

    private string[] Files(string name) => [.. Directory.EnumerateFiles(folder[name]).Order(StringComparer.Ordinal)];

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "docs", "library.md"))) return at.FullName;
        }

        Assert.Skip("the source is not here.");
        return string.Empty;
    }

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
