using System.Text.RegularExpressions;
using Morula.Formats;
using Morula.Lineages;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Formats;

public sealed partial class AstecTests : IDisposable
{
    private const string Properties = "E_post_properties.xml";

    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Fact]
    public void Labels_count_anew_in_every_frame_and_1_is_background()
    {
        string folder = movie.Export(ExportFormat.Astec);
        Assert.Equal([2, 2, 3, 1, 4, 1], Raw(folder, 3));
        Assert.Equal([2, 3, 1, 4, 5, 1], Raw(folder, 7));
        string text = File.ReadAllText(Path.Combine(folder, Properties));
        Assert.Contains("<cell cell-id=\"40002\">[50002, 50003]</cell>", text, StringComparison.Ordinal);
        Assert.Contains("<cell cell-id=\"40003\">[60004]</cell>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_with_the_same_ids()
    {
        string folder = movie.Export(ExportFormat.Astec);
        Assert.Equal(SmallMovie.Family, SmallMovie.Places(folder));
        Assert.Equal(TrackedMovie.Open(movie.Own).Lineage.Tracks, TrackedMovie.Open(folder).Lineage.Tracks);
        Assert.Equal(SmallMovie.Family[2..4], SmallMovie.Places(TrackedMovie.Open(folder, 5, 6)));
    }

    [Fact]
    public void Without_remembered_ids_chains_are_tracks_in_order_of_appearance()
    {
        string folder = movie.Export(ExportFormat.Astec);
        Rewrite(folder, text => TrackProperty().Replace(text, string.Empty));
        Assert.Equal(
            [new Track(1, 3, 4, 0), new Track(2, 3, 7, 0), new Track(3, 3, 7, 0), new Track(4, 5, 7, 1), new Track(5, 5, 7, 1)],
            TrackedMovie.Open(folder).Lineage.Tracks);
        Assert.Equal([4, 5, 0, 2, 3, 0], SmallMovie.Places(folder)[4]);
    }

    [Fact]
    public void A_file_of_the_lineage_alone_is_read()
    {
        string folder = movie.Export(ExportFormat.Astec);
        Rewrite(folder, text => LineageProperty().Match(text).Value);
        Assert.Equal([3, 5], TrackedMovie.Open(folder).Lineage.Tracks.Select(track => track.FirstFrame).Distinct());
        Assert.Equal([1, 1, 2, 0, 3, 0], SmallMovie.Places(folder)[0]);
    }

    [Fact]
    public void More_cells_than_a_frame_can_number_are_refused()
    {
        CellProperties[] cells = [.. Enumerable.Range(1, 9999).Select(id => new CellProperties(0, id, 1, 1, 1, [0, 0, 0], []))];
        var writer = new AstecWriter(movie["out"], "E", new Lineage(cells.Select(cell => new Track(cell.Id, 0, 0, 0))));
        Assert.Contains("has 9999 cells", Assert.Throws<VolumeFormatException>(() => writer.Add(new MovieFrame(0, SmallMovie.Volume([1]), cells))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lineage_that_was_corrected_counts_more_than_remembered_ids()
    {
        string folder = movie.Export(ExportFormat.Astec);
        Rewrite(folder, text => text.Replace("<cell cell-id=\"40002\">[50002, 50003]</cell>", "<cell cell-id=\"40002\">[50002]</cell>", StringComparison.Ordinal)
            .Replace("<cell cell-id=\"60002\">[70002]</cell>", "<cell cell-id=\"60002\">[]</cell>", StringComparison.Ordinal));
        Lineage lineage = TrackedMovie.Open(folder).Lineage;
        Assert.Empty(lineage.Divisions);
        Assert.Equal(new Track(1, 3, 6, 0), lineage[1]);
    }

    [Fact]
    public void Surfaces_contacts_and_centres_are_told()
    {
        string text = File.ReadAllText(Path.Combine(movie.Export(ExportFormat.Astec), Properties));
        Assert.Contains("<cell_volume>", text, StringComparison.Ordinal);
        Assert.Contains("<cell cell-id=\"30002\">4.0</cell>", text, StringComparison.Ordinal);
        Assert.Contains("<cell cell-id=\"30002\">[0.75, 0.25, 0.5]</cell>", text, StringComparison.Ordinal);
        Assert.Matches(Contact(), text);
    }

    [Fact]
    public void An_embryo_of_another_program_is_read()
    {
        TrackedMovie embryo = TrackedMovie.Open(Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", "astec"));
        Assert.Equal([new Track(1, 10, 11, 0), new Track(2, 10, 10, 0), new Track(3, 11, 12, 2), new Track(4, 11, 12, 2), new Track(5, 12, 12, 0)], embryo.Lineage.Tracks);
        Assert.Equal([[1, 2], [1, 3, 4], [3, 4, 5]], Enumerable.Range(0, 3).Select(index => embryo.Labels.ReadLabels(index).Cells().Select(cell => cell.Label).ToArray()));
    }

    [Theory]
    [InlineData("a lineage has no circles", "[50002, 50003]", "[30002]")]
    [InlineData("a cell has one mother", "[50002, 50003]", "[50002, 50004]")]
    [InlineData("holds no label 9, but E_post_properties.xml names the cell 50009", "[50002, 50003]", "[50002, 50003, 50009]")]
    [InlineData("but the label volumes are of the frames 3 to 7", "[50002, 50003]", "[50002, 50003, 90002]")]
    [InlineData("holds the label 3, but E_post_properties.xml names no cell 30003", "cell-id=\"30003\"", "cell-id=\"30002\"")]
    [InlineData("expected a list of cells", "[50002, 50003]", "[50002, x]")]
    [InlineData("is expected", "cell-id=\"40002\"", "cell-id=\"a\"")]
    [InlineData("holds no <cell_lineage>", "cell_lineage>", "cell_ancestry>")]
    [InlineData("cannot be read as XML", "</cell_lineage>", "")]
    public void Properties_that_contradict_themselves_or_their_labels_are_refused(string expected, string found, string instead)
    {
        string folder = movie.Export(ExportFormat.Astec);
        Rewrite(folder, text => Volumes().Replace(text, string.Empty).Replace(found, instead, StringComparison.Ordinal));
        if (expected.Contains("30003", StringComparison.Ordinal)) Rewrite(folder, text => text.Replace("<cell cell-id=\"30002\">[40003]</cell>", string.Empty, StringComparison.Ordinal));
        Assert.Contains(expected, Assert.Throws<VolumeFormatException>(() => SmallMovie.Places(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_properties_or_in_another_format_are_refused()
    {
        string folder = movie.Export(ExportFormat.Astec);
        File.Move(Path.Combine(folder, Properties), Path.Combine(folder, "old.txt"));
        Assert.Contains("no .xml file of properties", Assert.Throws<VolumeFormatException>(() => TrackedMovie.Open(folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "E_post_t008.mha.gz"), string.Empty);
        Assert.Contains("convert it to .tif", Assert.Throws<VolumeFormatException>(() => TrackedMovie.Open(folder)).Message, StringComparison.Ordinal);
    }

    private static int[] Raw(string folder, int frame) => [.. VolumeFile.ReadLabels(Path.Combine(folder, $"E_post_t{frame:000}.tif")).Voxels[..12].Where((_, place) => place % 2 == 0)];

    private static void Rewrite(string folder, Func<string, string> change)
    {
        string path = Path.Combine(folder, Properties);
        string text = File.ReadAllText(path);
        string changed = change(text);
        Assert.NotEqual(text, changed);
        File.WriteAllText(path, changed);
    }

    [GeneratedRegex("<cell_track>.*</cell_track>", RegexOptions.Singleline)]
    private static partial Regex TrackProperty();

    [GeneratedRegex("<cell_lineage>.*</cell_lineage>", RegexOptions.Singleline)]
    private static partial Regex LineageProperty();

    [GeneratedRegex("<cell_volume>.*</cell_barycenter>", RegexOptions.Singleline)]
    private static partial Regex Volumes();

    [GeneratedRegex("""<cell cell-id="30003">\s*<cell cell-id="30001">[\d.]+</cell>\s*<cell cell-id="30002">[\d.]+</cell>\s*</cell>""")]
    private static partial Regex Contact();
}
