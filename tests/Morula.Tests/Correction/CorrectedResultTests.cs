using System.Globalization;
using Morula.Correction;
using Morula.Formats;
using Morula.Samples;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Correction;

/// <summary>Random edits of random movies, held against the plain way: whole volumes in memory, one edit after the other.</summary>
public sealed class CorrectedResultTests : IDisposable
{
    private const int Frames = 4;
    private static readonly Extent Size = new(4, 6, 8);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Labels_and_tracks_are_those_that_the_edits_make_one_by_one()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            string path = folder[$"movie{seed}"];
            int[][] labels = Movie(path, seed);
            var random = new Random(seed);
            SegmentedResult result = SegmentedResult.Open(path);
            IReadOnlyList<Edit> edits = [];
            for (int count = 0; count < 8; count++)
            {
                if (RandomEdit(random, labels, 100 + count) is not { } edit) continue;
                edits = EditList.With(edits, edit);
                Plainly(edit, labels);
            }

            var corrected = new CorrectedResult(result, edits);
            string target = folder[$"data{seed}"];
            CorrectionOutcome outcome = CorrectionRun.Run(corrected, target, folder[$"movie{seed}/raw"], cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((Frames, edits.Count, true), (outcome.Frames, outcome.Edits, outcome.HasImages));
            for (int frame = 0; frame < Frames; frame++)
                Assert.Equal(labels[frame], VolumeFile.ReadLabels(Path.Combine(target, "labels", $"t{frame}.tif")).Voxels);

            // The table names exactly the labels that are there, and the whole is a data set with a lineage.
            Assert.Equal(labels.SelectMany((voxels, frame) => voxels.Where(label => label > 0).Distinct().Order().Select(label => (frame, label))), corrected.Cells.Select(cell => (cell.Frame, cell.Id)));
            DataSet data = DataSet.Open(target);
            Assert.Equal(Frames, data.Pairs.Count);
            Assert.Equal(corrected.Lineage.Tracks, data.Pairs[0].Lineage!.Tracks);
        }
    }

    [Fact]
    public void Links_are_made_and_cut()
    {
        SegmentedResult result = Tracked();
        Assert.Equal(0, new CorrectedResult(result, []).Lineage[3].ParentId);
        var linked = new CorrectedResult(result, [new LinkEdit(1, 3)]);
        Assert.Equal(1, linked.Lineage[3].ParentId);
        Assert.Equal(0, new CorrectedResult(result, [new LinkEdit(1, 3), new UnlinkEdit(3)]).Lineage[3].ParentId);
        Assert.Contains("a mother ends before", Assert.Throws<EditException>(() => new CorrectedResult(result, [new LinkEdit(3, 1)])).Message);
        Assert.Contains("has no mother", Assert.Throws<EditException>(() => new CorrectedResult(result, [new UnlinkEdit(3)])).Message);
        Assert.Contains("no cell 9", Assert.Throws<EditException>(() => new CorrectedResult(result, [new LinkEdit(1, 9)])).Message);
    }

    [Fact]
    public void A_cell_that_is_merged_away_gives_its_daughters_to_the_other()
    {
        var corrected = new CorrectedResult(Tracked(), [new LinkEdit(1, 3), new MergeEdit("t0", 1, 2, "t1"), new DeleteEdit("t2", 2, "t3")]);
        Assert.False(corrected.Lineage.Contains(1));
        Assert.Equal(2, corrected.Lineage[3].ParentId);

        // Who lives on beside her daughter counts as unknown, and that is told.
        var beside = new CorrectedResult(Tracked(), [new LinkEdit(1, 3), new MergeEdit("t0", 1, 2, "t1")]);
        Assert.Equal(0, beside.Lineage[3].ParentId);
        Assert.Contains("track 3", Assert.Single(beside.Lineage.Repairs));
    }

    [Fact]
    public void A_merge_into_a_label_that_is_missing_joins_two_tracks()
    {
        var corrected = new CorrectedResult(Tracked(), [new MergeEdit("t2", 3, 1, "t3")]);
        Assert.Equal((0, 3), (corrected.Lineage[1].FirstFrame, corrected.Lineage[1].LastFrame));
        Assert.False(corrected.Lineage.Contains(3));
    }

    [Theory]
    [InlineData("t9", 1, "there is no frame 't9'")]
    [InlineData("t0", 3, "there is no cell 3 in frame 't0'")]
    public void An_edit_that_does_not_fit_is_refused(string frame, int label, string expected) =>
        Assert.Contains(expected, Assert.Throws<EditException>(() => new CorrectedResult(Tracked(), [new DeleteEdit(frame, label)])).Message);

    [Fact]
    public void An_edit_in_the_middle_that_does_not_fit_is_named()
    {
        string message = Assert.Throws<EditException>(() => new CorrectedResult(Tracked(), [new DeleteEdit("t0", 7), new UnlinkEdit(3)])).Message;
        Assert.StartsWith("edit 1 (", message);
    }

    [Fact]
    public void Without_a_table_of_tracks_cells_can_be_corrected_but_not_linked()
    {
        foreach (string name in new[] { "wild", "mutant" }) VolumeFile.Write(folder[$"cells/{name}.tif"], new LabelVolume(Size, Spacing.Unit(3), [.. Enumerable.Repeat(5, 192)]));
        SegmentedResult result = SegmentedResult.Open(folder["cells"]);
        CorrectionRun.Run(new CorrectedResult(result, [new DeleteEdit("wild", 5)]), folder["out"], null, cancellation: TestContext.Current.CancellationToken);
        Assert.All(VolumeFile.ReadLabels(folder["out/labels/wild.tif"]).Voxels, label => Assert.Equal(0, label));
        Assert.All(VolumeFile.ReadLabels(folder["out/labels/mutant.tif"]).Voxels, label => Assert.Equal(5, label));
        Assert.False(File.Exists(folder["out/tracks.csv"]));
        Assert.Contains("has no tracks yet", Assert.Throws<EditException>(() => new CorrectedResult(result, [new LinkEdit(5, 6)])).Message);
    }

    [Fact]
    public void A_split_that_follows_the_image_needs_it()
    {
        int[] cell = [.. Movie(folder["m"], 3)[0].Select((label, voxel) => (label, voxel)).Where(one => one.label == 1).Select(one => one.voxel)];
        SegmentedResult result = SegmentedResult.Open(folder["m"]);
        var corrected = new CorrectedResult(result, [new SplitEdit("t0", 1, Place(cell[0]), Place(cell[^1]), 50, SplitRelief.Membrane)]);
        Assert.Contains("pass --image", Assert.Throws<EditException>(() => CorrectionRun.Run(corrected, folder["o"], null, cancellation: TestContext.Current.CancellationToken)).Message);
        CorrectionRun.Run(corrected, folder["o2"], folder["m/raw"], cancellation: TestContext.Current.CancellationToken);
        int[] cut = VolumeFile.ReadLabels(folder["o2/labels/t0.tif"]).Voxels;
        Assert.Equal((1, 50), (cut[cell[0]], cut[cell[^1]]));
    }

    [Fact]
    public void The_result_itself_is_never_replaced()
    {
        Movie(folder["m"], 1);
        var corrected = new CorrectedResult(SegmentedResult.Open(folder["m"]), []);
        Assert.Contains("would replace the result", Assert.Throws<VolumeFormatException>(() => CorrectionRun.Run(corrected, folder["m"] + Path.DirectorySeparatorChar, null, cancellation: TestContext.Current.CancellationToken)).Message);
    }

    public void Dispose() => folder.Dispose();

    // Columns of cells 1 to 4, two voxels wide, with some voxels of others strewn in; a cell may be missing from a frame.
    private static int[][] Movie(string path, int seed)
    {
        var random = new Random(1000 + seed);
        var labels = new int[Frames][];
        var table = new System.Text.StringBuilder("t,label,parent_label\n");
        for (int frame = 0; frame < Frames; frame++)
        {
            labels[frame] = [.. Enumerable.Range(0, (int)Size.Count).Select(voxel => voxel == 0 ? 1 : random.Next(9) == 0 ? random.Next(5) : 1 + (voxel % 8 / 2))];
            int missing = 2 + random.Next(6);
            labels[frame] = Array.ConvertAll(labels[frame], label => label == missing ? 0 : label);
            VolumeFile.Write(Path.Combine(path, "labels", $"t{frame}.tif"), new LabelVolume(Size, Spacing.Unit(3), [.. labels[frame]]));
            VolumeFile.Write(Path.Combine(path, "raw", $"t{frame}.tif"), new Volume(Size, Spacing.Unit(3), [.. labels[frame].Select(_ => random.NextSingle())]));
            foreach (int label in labels[frame].Where(label => label > 0).Distinct().Order()) table.Append(CultureInfo.InvariantCulture, $"{frame},{label},0\n");
        }

        File.WriteAllText(Path.Combine(path, "tracks.csv"), table.ToString());
        return labels;
    }

    private static Edit? RandomEdit(Random random, int[][] labels, int newLabel)
    {
        int frame = random.Next(Frames);
        int[] there = [.. labels[frame].Where(label => label > 0).Distinct().Order()];
        if (there.Length == 0) return null;
        int label = there[random.Next(there.Length)];
        string? last = random.Next(2) == 0 ? null : $"t{random.Next(frame, Frames)}";
        switch (random.Next(3))
        {
            case 0:
                int into = 1 + random.Next(4);
                return into == label ? null : new MergeEdit($"t{frame}", label, into, last);
            case 1:
                return new DeleteEdit($"t{frame}", label, last);
            default:
                int[] voxels = [.. Enumerable.Range(0, labels[frame].Length).Where(voxel => labels[frame][voxel] == label)];
                return voxels.Length < 2 ? null : new SplitEdit($"t{frame}", label, Place(voxels[0]), Place(voxels[^1]), newLabel);
        }
    }

    private static void Plainly(Edit edit, int[][] labels)
    {
        var (first, last) = edit switch
        {
            MergeEdit merge => (merge.Frame, merge.Last),
            DeleteEdit delete => (delete.Frame, delete.Last),
            SplitEdit split => (split.Frame, null),
            _ => throw new InvalidOperationException(),
        };
        for (int frame = first[1] - '0'; frame <= (last ?? first)[1] - '0'; frame++)
        {
            labels[frame] = edit switch
            {
                MergeEdit merge => Array.ConvertAll(labels[frame], label => label == merge.Label ? merge.Into : label),
                DeleteEdit delete => Array.ConvertAll(labels[frame], label => label == delete.Label ? 0 : label),
                SplitEdit split => Split(split, labels[frame]),
                _ => throw new InvalidOperationException(),
            };
        }
    }

    private static int[] Split(SplitEdit edit, int[] labels)
    {
        bool[] second = CellSplit.Apply(new LabelVolume(Size, Spacing.Unit(3), labels), edit.Label, Voxel(edit.Seed), Voxel(edit.OtherSeed));
        return [.. labels.Select((label, voxel) => second[voxel] ? edit.NewLabel : label)];
    }

    private static int[] Place(int voxel) => [voxel / 48, voxel / 8 % 6, voxel % 8];

    private static int Voxel(int[] place) => (place[0] * 48) + (place[1] * 8) + place[2];

    // Cell 1 in frames 0 and 1, cell 2 in all, cell 3 in frames 2 and 3.
    private SegmentedResult Tracked()
    {
        for (int frame = 0; frame < Frames; frame++)
            VolumeFile.Write(folder[$"tracked/labels/t{frame}.tif"], new LabelVolume(new Extent(1, 1, 2), Spacing.Unit(3), [frame < 2 ? 1 : 3, 2]));
        File.WriteAllText(folder["tracked/tracks.csv"], "t,label,parent_label\n0,1,0\n1,1,0\n2,3,0\n3,3,0\n0,2,0\n1,2,0\n2,2,0\n3,2,0\n");
        return SegmentedResult.Open(folder["tracked"]);
    }
}
