using Morula.Linking;
using Morula.Lineages;
using Morula.Synthesis;
using Morula.Tracking;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Tracking;

public sealed class LinkerTests(ITestOutputHelper output)
{
    private static readonly LinkOptions Options = new();

    private static readonly EmbryoMovieOptions Embryo = new()
    {
        Embryo = new EmbryoOptions { Extent = [48, 48, 48], CellCount = 20, Relaxation = 6 },
        Frames = 24,
        DivisionRate = 0.04,
    };

    private static readonly Lazy<(LabelVolume[] Labels, Lineage Lineage)> Movie = new(() => Draw(Embryo));

    [Fact]
    public void Tracks_of_a_synthetic_embryo_are_found_whatever_the_labels()
    {
        ShuffledMovie movie = Shuffled(1);
        TrackedCells found = Link(movie);
        LinkScore score = LinkScore.Of(movie, found);
        output.WriteLine(score.ToString());
        Assert.True(score.TrueDivisions >= 10, score.ToString());
        Assert.True(score.LinksFound > 0.995, score.ToString());
        Assert.True(score.RightDivisions >= 0.9 * score.TrueDivisions, score.ToString());
        Assert.True(score.FoundDivisions - score.RightDivisions <= 1, score.ToString());
    }

    [Fact]
    public void The_order_of_labels_does_not_matter()
    {
        var (one, other) = (Shuffled(1), Shuffled(2));
        var (first, second) = (Link(one), Link(other));
        Assert.Equal(first.Lineage.Tracks, second.Lineage.Tracks);
        for (int frame = 0; frame < one.Numbers.Count; frame++) Assert.Equal(ByTruth(one, first, frame), ByTruth(other, second, frame));

        static IEnumerable<(int, int)> ByTruth(ShuffledMovie movie, TrackedCells found, int frame) =>
            movie.TrueLabels[frame].Select(pair => (pair.Value, found.Ids[frame][pair.Key])).Order();
    }

    [Fact]
    public void A_cell_that_is_missing_from_a_frame_is_found_again()
    {
        // In every third frame one cell is left out, one that is there in the frames around it.
        ShuffledMovie movie = Shuffled(3, (frame, labels) => frame % 3 == 1 && frame < 20 ? Without(labels, Lasting(frame)) : labels);
        LinkScore score = LinkScore.Of(movie, Link(movie));
        output.WriteLine(score.ToString());
        Assert.True(score.LinksFound > 0.99, score.ToString());
        LinkScore without = LinkScore.Of(movie, Link(movie, Options with { MostGap = 0 }));
        Assert.True(without.RightLinks <= score.RightLinks - 6, without.ToString());
    }

    [Fact]
    public void Two_cells_that_are_one_for_a_frame_part_again()
    {
        ShuffledMovie movie = Shuffled(4, (frame, labels) => frame is 5 or 12 ? Merged(labels, Lasting(frame)) : labels);
        LinkScore score = LinkScore.Of(movie, Link(movie));
        output.WriteLine(score.ToString());
        Assert.True(score.LinksFound > 0.99, score.ToString());
    }

    [Fact]
    public void A_drift_of_the_whole_embryo_is_undone()
    {
        // Farther than a radius each second frame, there and back.
        int[] shift = [7, -6, 6];
        ShuffledMovie movie = Shuffled(5, (frame, labels) => labels.Crop(labels.Extent.Whole.Grow([8, 8, 8]).Shift(frame % 2 == 0 ? [0, 0, 0] : shift)));
        LinkScore score = LinkScore.Of(movie, Link(movie));
        output.WriteLine(score.ToString());
        Assert.True(score.LinksFound > 0.995, score.ToString());
        for (int axis = 0; axis < 3; axis++) Assert.Equal(-shift[axis] * 0.5, movie.Cells.Frames[1].Drift[axis], 0.4);
    }

    [Fact]
    public void Planes_are_linked_too_and_empty_frames_hold_no_cell()
    {
        var (labels, lineage) = Draw(Embryo with { Embryo = Embryo.Embryo with { Extent = [80, 80], CellCount = 15 }, Frames = 10 });
        LabelVolume[] planes = [.. labels.Select(plane => new LabelVolume(new Extent(1, 80, 80), new Spacing(3, 0.5, 0.5), plane.Voxels))];
        var movie = new ShuffledMovie(planes, [.. Enumerable.Range(0, 10)], lineage, 1, Options, (frame, plane) => frame == 6 ? new LabelVolume(plane.Extent, plane.Spacing) : plane);
        TrackedCells found = Link(movie);
        LinkScore score = LinkScore.Of(movie, found);
        output.WriteLine(score.ToString());
        Assert.Equal(2, movie.Cells.Axes);
        Assert.Empty(found.Ids[6]);
        Assert.True(score.LinksFound > 0.97, score.ToString());
    }

    [Fact]
    public void A_movie_without_cells_has_no_tracks()
    {
        var movie = MovieCells.Look(Enumerable.Repeat(new LabelVolume(new Extent(4, 4, 4), Spacing.Unit(3)), 3), [0, 1, 2], Options);
        Assert.Empty(Link(movie).Lineage.Tracks);
    }

    [Fact]
    public void What_a_network_says_of_divisions_and_cells_is_heard()
    {
        // A cell that becomes two of three quarters each: rather another one that appears, where divisions are rare.
        LinkOptions rare = Options with { DivisionRate = 1e-4 };
        MovieCells movie = MovieCells.Look([Boxes((1, 4, 12)), Boxes((1, 3, 9), (2, 9, 15))], [3, 4], rare);
        Assert.Empty(Link(movie, rare).Lineage.Divisions);
        var told = new LinkEvidence { Divisions = new Dictionary<(int, int), double> { [(3, 1)] = 0.9999 } };
        Assert.Single(Link(movie, rare, told).Lineage.Divisions);
        var doubted = new LinkEvidence { Cells = new Dictionary<(int, int), double> { [(4, 2)] = 0.01 } };
        TrackedCells found = Link(movie, rare, doubted);
        Assert.Equal(0, found.Ids[1][2]);
        Assert.Equal([new Track(1, 3, 4, 0)], found.Lineage.Tracks);
    }

    // Boxes of 8 x 8 voxels across the axis x.
    private static LabelVolume Boxes(params (int Label, int From, int To)[] boxes)
    {
        var labels = new LabelVolume(new Extent(12, 12, 20), Spacing.Unit(3));
        foreach (var (label, from, to) in boxes)
        {
            for (int voxel = 0; voxel < labels.Voxels.Length; voxel++)
            {
                var (z, y, x) = (voxel / 240, voxel / 20 % 12, voxel % 20);
                if (z is >= 2 and < 10 && y is >= 2 and < 10 && x >= from && x < to) labels.Voxels[voxel] = label;
            }
        }

        return labels;
    }

    private static (LabelVolume[] Labels, Lineage Lineage) Draw(EmbryoMovieOptions options)
    {
        EmbryoMovie movie = EmbryoMovie.Create(options, new Random(7));
        return ([.. movie.Frames().Select(frame => frame.Labels)], new Lineage(movie.Tracks));
    }

    private static ShuffledMovie Shuffled(int seed, Func<int, LabelVolume, LabelVolume>? spoil = null) =>
        new(Movie.Value.Labels, [.. Enumerable.Range(0, Embryo.Frames)], Movie.Value.Lineage, seed, Options, spoil);

    // Cells that are there two frames before and behind.
    private static int[] Lasting(int frame) =>
        [.. Movie.Value.Lineage.Tracks.Where(track => track.Spans(frame - 1) && track.Spans(frame + 2) && track.Spans(Math.Max(0, frame - 2))).Select(track => track.Id)];

    private static LabelVolume Without(LabelVolume labels, int[] among) =>
        new(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => label == among[0] ? 0 : label)]);

    // The first of the cells and that neighbour of it which follows it along a row.
    private static LabelVolume Merged(LabelVolume labels, int[] among)
    {
        int place = Enumerable.Range(1, labels.Voxels.Length - 1).First(voxel =>
            labels.Voxels[voxel - 1] != labels.Voxels[voxel] && among.Contains(labels.Voxels[voxel - 1]) && among.Contains(labels.Voxels[voxel]));
        var (one, other) = (labels.Voxels[place - 1], labels.Voxels[place]);
        return new LabelVolume(labels.Extent, labels.Spacing, [.. labels.Voxels.Select(label => label == other ? one : label)]);
    }

    private static TrackedCells Link(ShuffledMovie movie, LinkOptions? options = null) => Link(movie.Cells, options);

    private static TrackedCells Link(MovieCells movie, LinkOptions? options = null, LinkEvidence? evidence = null) =>
        Linker.Link(movie, options ?? Options, new ExactLinkSolver(), evidence, TestContext.Current.CancellationToken);
}
