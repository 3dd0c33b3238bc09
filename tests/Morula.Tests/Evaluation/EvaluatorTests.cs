using Morula.Evaluation;
using Morula.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("morula-evaluation-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Folders_are_paired_by_name_whatever_the_extension()
    {
        Save("truth/t001.tif", 1);
        Save("truth/t002.ome.tif", 1);
        Save("found/t001.tiff", 1);
        Save("found/t002.tif", 0);
        Save("found/t003.tif", 1);
        EvaluationPairs pairs = EvaluationPairs.Find(At("truth"), At("found"));
        Assert.Equal(["t001", "t002"], pairs.Select(pair => pair.Name));
        Scorecard card = Evaluator.Compare(pairs, cancellation: Token);
        Assert.Equal([1, 0], card.Images.Select(image => image.Scores.Tracking.Seg!.Value));
        Assert.Contains("t003.tif", Assert.Single(card.Notes));
    }

    [Fact]
    public void Two_files_are_a_pair_whatever_their_names()
    {
        EvaluationPair pair = Assert.Single(EvaluationPairs.Find(Save("a.tif", 1), Save("b.tif", 2)));
        Assert.Equal("a", pair.Name);
        Assert.Equal(1, Evaluator.Compare([pair], cancellation: Token).Pooled.Tracking.Seg);
    }

    [Fact]
    public void Faulty_places_are_named_in_one_line()
    {
        Save("truth/t001.tif", 1);
        Save("truth/t002.tif", 1);
        Save("found/t001.tif", 1);
        Save("twice/t001.tif", 1);
        Save("twice/t001.ome.tif", 1);
        Directory.CreateDirectory(At("empty"));
        Fails("t002.tif", () => EvaluationPairs.Find(At("truth"), At("found")));
        Fails("no label volume", () => EvaluationPairs.Find(At("empty"), At("found")));
        Fails("no such file", () => EvaluationPairs.Find(At("truth"), At("nowhere")));
        Fails("folder", () => EvaluationPairs.Find(At("truth"), At("found/t001.tif")));
        Fails("t001.ome.tif", () => EvaluationPairs.Find(At("twice"), At("found")));
    }

    [Fact]
    public void A_table_beside_the_prediction_tells_the_scores()
    {
        string truth = Save("truth.tif", 0, 2);
        string found = Save("found.tif", 1, 2);
        double? At50() => Evaluator.Compare([EvaluationPair.OfFiles(truth, found)], cancellation: Token).Pooled.AveragePrecision.At50;
        Assert.Equal(0.5, At50()!.Value, 1e-12);
        File.WriteAllText(At("found.cells.csv"), "id,volume,score\n1,10,0.2\n2,10,0.9\n");
        Assert.Equal(1, At50()!.Value, 1e-12);
        File.WriteAllText(At("found.cells.csv"), "Label, Score\r\n2, 0.9\r\n");
        Scorecard card = Evaluator.Compare([EvaluationPair.OfFiles(truth, found)], cancellation: Token);
        Assert.Equal(1, card.Pooled.AveragePrecision.At50!.Value, 1e-12);
        Assert.Contains("1 of 2", Assert.Single(card.Notes));
    }

    [Theory]
    [InlineData("score\n0.5\n", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("id,score\n1\n", "line 2")]
    [InlineData("id,score\nx,1\n", "line 2")]
    [InlineData("id,score\n1,NaN\n", "line 2")]
    [InlineData("id,score\n1,0.5\n\n1,0.6\n", "line 4")]
    public void A_faulty_table_is_named_with_its_line(string text, string place)
    {
        string path = Save("found.tif", 1);
        File.WriteAllText(At("found.cells.csv"), text);
        Fails(place, () => Evaluator.Compare([EvaluationPair.OfFiles(path, path)], cancellation: Token));
    }

    [Fact]
    public void A_prediction_on_another_grid_of_the_same_field_is_resampled()
    {
        LabelVolume truth = Halves(new Extent(4, 6, 8), new Spacing(1, 1, 0.5));
        LabelVolume prediction = Halves(new Extent(2, 6, 16), new Spacing(2.02, 1, 0.25));
        Scorecard card = Evaluator.Compare([EvaluationPair.OfVolumes("x", truth, prediction)], cancellation: Token);
        Assert.Equal(1, card.Pooled.Tracking.Seg);
        Assert.Contains("2 x 6 x 16", Assert.Single(card.Notes));
    }

    [Fact]
    public void Another_field_is_refused_unless_permitted()
    {
        LabelVolume truth = Halves(new Extent(4, 8), new Spacing(1, 0.5));
        LabelVolume prediction = Halves(new Extent(4, 16), new Spacing(1, 0.5));
        Assert.Contains("different fields", Assert.Throws<ArgumentException>(() => Evaluator.Compare(truth, prediction)).Message);
        Assert.Equal(1, Evaluator.Compare(truth, prediction, new EvaluationOptions { AnyField = true }).Tracking.Seg);
    }

    [Fact]
    public void Other_sizes_without_voxel_sizes_are_refused_by_one_line_that_names_both_files()
    {
        VolumeFile.Write(At("a.tif"), Halves(new Extent(100, 8), Spacing.Unit(2)));
        VolumeFile.Write(At("b.tif"), Halves(new Extent(101, 8), Spacing.Unit(2)));
        string message = Fails("neither", () => Evaluator.Compare(EvaluationPairs.Find(At("a.tif"), At("b.tif")), cancellation: Token));
        Assert.Contains(At("a.tif"), message);
        Assert.Contains(At("b.tif"), message);
    }

    [Theory]
    [InlineData(3, 3, "axes")]
    [InlineData(4, 5, "frames")]
    public void Other_ranks_and_other_numbers_of_frames_are_refused(int rank, int frames, string reason)
    {
        LabelVolume truth = LabelScenes.Of([4, 1, 1, 2], new int[8]);
        LabelVolume prediction = rank == 3 ? LabelScenes.Of([frames, 1, 2], new int[2 * frames]) : LabelScenes.Of([frames, 1, 1, 2], new int[2 * frames]);
        var anything = new EvaluationOptions { AnyField = true };
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Evaluator.Compare(truth, prediction, anything)).Message);
    }

    [Fact]
    public void A_background_label_is_no_cell()
    {
        LabelVolume astec = LabelScenes.Of([1, 4], 1, 2, 3, 1);
        Scores scores = Evaluator.Compare(astec, LabelScenes.Of([1, 4], 0, 2, 3, 0), new EvaluationOptions { TruthBackground = 1 });
        Assert.Equal(2, scores.TruthCells);
        Assert.Equal(1, scores.Matchings[^1].Accuracy);
    }

    [Fact]
    public void Progress_tells_each_image_and_nothing_is_refused()
    {
        var told = new Told();
        LabelVolume labels = LabelScenes.Of([1, 1], 1);
        Evaluator.Compare([EvaluationPair.OfVolumes("a", labels, labels), EvaluationPair.OfVolumes("b", labels, labels)], progress: told, cancellation: Token);
        Assert.Equal(["a", "b"], told.Names);
        Assert.Throws<ArgumentException>(() => Evaluator.Compare(Enumerable.Empty<EvaluationPair>(), cancellation: Token));
    }

    private static LabelVolume Halves(Extent extent, Spacing spacing)
    {
        int last = extent[extent.Rank - 1];
        return new LabelVolume(extent, spacing, [.. Enumerable.Range(0, (int)extent.Count).Select(index => index % last < last / 2 ? 1 : 2)]);
    }

    private static string Fails(string part, Action action)
    {
        string message = Assert.Throws<VolumeFormatException>(action).Message;
        Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string At(string path) => Path.Combine(root, path);

    private string Save(string path, params int[] row)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        VolumeFile.Write(At(path), LabelScenes.Of([1, row.Length], row));
        return At(path);
    }

    private sealed class Told : IProgress<ImageScores>
    {
        public List<string> Names { get; } = [];

        public void Report(ImageScores value) => Names.Add(value.Name);
    }
}
