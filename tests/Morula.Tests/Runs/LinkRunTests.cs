using Morula.Formats;
using Morula.Linking;
using Morula.Runs;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Tracking;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Runs;

public sealed class LinkRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_folder_of_labels_becomes_a_tracked_movie()
    {
        EmbryoMovie movie = Write();
        LinkOutcome outcome = Run(FrameSequence.Open(folder["cells"]));
        TrackedMovie tracked = TrackedMovie.Open(folder["out"]);
        Assert.Equal([.. outcome.Lineage.Tracks], tracked.Lineage.Tracks);
        Assert.Equal(["t02", "t03", "t04", "t05", "t06"], Enumerable.Range(0, 5).Select(tracked.Labels.NameOf));
        int cells = 0;
        for (int frame = 0; frame < 5; frame++)
        {
            LabelVolume before = movie.Render(frame).Labels, after = tracked.Labels.ReadLabels(frame);
            Assert.Equal(before.Voxels.Select(label => label != 0), after.Voxels.Select(label => label != 0));
            Assert.Equal(before.Spacing, after.Spacing);
            int[] expected = [.. outcome.Lineage.Tracks.Where(track => track.Spans(frame + 2)).Select(track => track.Id)];
            Assert.Equal(expected, after.Cells().Select(cell => cell.Label));
            Assert.Equal(before.Cells().Select(cell => cell.VoxelCount).Order(), after.Cells().Select(cell => cell.VoxelCount).Order());
            cells += expected.Length;
        }

        Assert.Equal((5, cells, 0), (outcome.Frames, outcome.Cells, outcome.Dismissed));
        string[] rows = File.ReadAllLines(folder["out/tracks.csv"]);
        Assert.Equal("t,label,parent_label,voxels,z,y,x", rows[0]);
        Assert.Equal(cells + 1, rows.Length);
        Assert.StartsWith("2,1,0,", rows[1]);
    }

    [Fact]
    public void The_same_movie_as_one_file_gives_the_same_tracks()
    {
        EmbryoMovie movie = Write();
        LabelVolume[] frames = [.. movie.Frames().Select(frame => frame.Labels)];
        VolumeFile.Write(folder["movie.tif"], new LabelVolume(new Extent(5, 24, 24, 24), new Spacing(1, 0.5, 0.5, 0.5), [.. frames.SelectMany(frame => frame.Voxels)]));
        LinkOutcome whole = Run(FrameSequence.Open(folder["movie.tif"]));
        Assert.Equal("t000.tif", Path.GetFileName(Directory.GetFiles(folder["out/labels"]).Order().First()));
        LinkOutcome parts = Run(FrameSequence.Open(folder["cells"]));
        Assert.Equal(parts.Lineage.Tracks, whole.Lineage.Tracks.Select(track => track with { FirstFrame = track.FirstFrame + 2, LastFrame = track.LastFrame + 2 }));
    }

    [Fact]
    public void Labels_are_never_replaced_by_their_results()
    {
        Write();
        Directory.Move(folder["cells"], folder["labels"]);
        var fault = Assert.Throws<VolumeFormatException>(() => Run(FrameSequence.Open(folder["labels"]), ""));
        Assert.Contains("the results would replace the labels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_two_sizes_and_frames_that_hold_no_labels_are_refused()
    {
        Write();
        VolumeFile.Write(folder["cells/t07.tif"], new LabelVolume(new Extent(24, 24, 23), Spacing.Unit(3)));
        Assert.Contains("24 x 24 x 23", Assert.Throws<VolumeFormatException>(() => Run(FrameSequence.Open(folder["cells"]))).Message, StringComparison.Ordinal);
        VolumeFile.Write(folder["cells/t07.tif"], new Volume(new Extent(24, 24, 24), new Spacing(0.5, 0.5, 0.5), new float[24 * 24 * 24]));
        Assert.Contains("labels are integers", Assert.Throws<VolumeFormatException>(() => Run(FrameSequence.Open(folder["cells"]))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    public void Dispose() => folder.Dispose();

    private EmbryoMovie Write()
    {
        EmbryoMovie movie = EmbryoMovie.Create(
            new EmbryoMovieOptions { Embryo = new EmbryoOptions { Extent = [24, 24, 24], CellCount = 6 }, Frames = 5, DivisionRate = 0.1 }, new Random(2));
        for (int frame = 0; frame < 5; frame++) VolumeFile.Write(folder[$"cells/t{frame + 2:00}.tif"], movie.Render(frame).Labels);
        return movie;
    }

    private LinkOutcome Run(FrameSequence labels, string name = "out") =>
        LinkRun.Run(labels, folder[name], new LinkOptions(), new ExactLinkSolver(), cancellation: TestContext.Current.CancellationToken);
}
