using Morula.Lineages;
using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class EmbryoMovieTests
{
    private static readonly EmbryoMovieOptions Options = new()
    {
        Embryo = new EmbryoOptions { Extent = [44, 44, 44], CellCount = 12, Relaxation = 6 },
        Frames = 12,
        DivisionRate = 0.06,
    };

    private static readonly Lazy<(EmbryoMovie Movie, LabelVolume[] Labels)> Settled = new(() =>
    {
        EmbryoMovie movie = EmbryoMovie.Create(Options, new Random(2));
        return (movie, [.. movie.Frames().Select(frame => frame.Labels)]);
    });

    [Fact]
    public void Frames_hold_exactly_the_tracks_that_live_in_them()
    {
        var (movie, labels) = Settled.Value;
        for (int frame = 0; frame < movie.FrameCount; frame++)
        {
            int[] expected = [.. movie.Tracks.Where(track => track.FirstFrame <= frame && frame <= track.LastFrame).Select(track => track.Id)];
            Assert.Equal(expected, labels[frame].Cells().Select(cell => cell.Label));
            Assert.All(Pieces.Count(labels[frame]).Values, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Every_division_ends_a_mother_and_begins_two_daughters_in_the_next_frame()
    {
        var movie = Settled.Value.Movie;
        Track[] mothers = [.. movie.Tracks.Where(track => track.LastFrame < movie.FrameCount - 1)];
        Assert.True(mothers.Length >= 5, $"{mothers.Length} divisions");
        foreach (Track mother in mothers)
        {
            Track[] daughters = [.. movie.Tracks.Where(track => track.ParentId == mother.Id)];
            Assert.Equal(2, daughters.Length);
            Assert.All(daughters, daughter => Assert.Equal(mother.LastFrame + 1, daughter.FirstFrame));
        }

        Assert.Equal(Options.Embryo.CellCount + (2 * mothers.Length), movie.Tracks.Count);
        Assert.All(movie.Tracks.Where(track => track.FirstFrame == 0), track => Assert.Equal(0, track.ParentId));
    }

    [Fact]
    public void Daughters_lie_in_their_mother_and_share_her_volume()
    {
        var (movie, labels) = Settled.Value;
        foreach (Track mother in movie.Tracks.Where(track => track.LastFrame < movie.FrameCount - 1))
        {
            HashSet<int> daughters = [.. movie.Tracks.Where(track => track.ParentId == mother.Id).Select(track => track.Id)];
            bool[] around = Dilated(labels[mother.LastFrame], mother.Id, 3);
            LabelVolume next = labels[mother.LastFrame + 1];
            int inside = Enumerable.Range(0, around.Length).Count(voxel => around[voxel] && daughters.Contains(next.Voxels[voxel]));
            long[] volumes = [.. next.Cells().Where(cell => daughters.Contains(cell.Label)).Select(cell => cell.VoxelCount)];
            long before = labels[mother.LastFrame].Cells().Single(cell => cell.Label == mother.Id).VoxelCount;
            Assert.True(inside >= 0.97 * volumes.Sum(), $"{inside} of {volumes.Sum()}");
            Assert.InRange(volumes.Sum() / (double)before, 0.8, 1.2);
            Assert.InRange(volumes.Min() / (double)volumes.Sum(), 0.25, 0.5);
        }
    }

    [Fact]
    public void Cells_move_smoothly_and_keep_their_volume()
    {
        var (movie, labels) = Settled.Value;
        for (int frame = 1; frame < movie.FrameCount; frame++)
        {
            Dictionary<int, long> before = labels[frame - 1].Cells().ToDictionary(cell => cell.Label, cell => cell.VoxelCount);
            foreach (LabelledCell cell in labels[frame].Cells().Where(cell => before.ContainsKey(cell.Label)))
            {
                long shared = Enumerable.Range(0, labels[frame].Voxels.Length)
                    .LongCount(voxel => labels[frame].Voxels[voxel] == cell.Label && labels[frame - 1].Voxels[voxel] == cell.Label);
                double overlap = shared / (double)(before[cell.Label] + cell.VoxelCount - shared);
                Assert.True(overlap > 0.5, $"cell {cell.Label} overlaps itself by {overlap} in frame {frame}");
            }
        }

        Assert.NotEqual(labels[0].Voxels, labels[1].Voxels);
        Assert.InRange(Filled(labels[^1]) / Filled(labels[0]), 0.9, 1.15);

        static double Filled(LabelVolume frame) => frame.Voxels.Count(label => label != 0);
    }

    [Fact]
    public void Frames_can_be_drawn_in_any_order_and_a_longer_movie_begins_alike()
    {
        EmbryoMovieOptions small = Options with { Embryo = Options.Embryo with { Extent = [24, 24, 24], CellCount = 5 }, Frames = 4, DivisionRate = 0.2 };
        EmbryoMovie movie = EmbryoMovie.Create(small, new Random(1));
        EmbryoScene late = movie.Render(3);
        EmbryoScene[] inTurn = [.. EmbryoMovie.Create(small with { Frames = 6 }, new Random(1)).Frames()];
        Assert.Equal(inTurn[3].Image.Voxels, late.Image.Voxels);
        Assert.Equal(inTurn[3].Labels.Voxels, late.Labels.Voxels);
        Assert.NotEqual(inTurn[2].Image.Voxels, late.Image.Voxels);
        Assert.Throws<ArgumentOutOfRangeException>(() => movie.Render(4));
    }

    [Fact]
    public void Without_divisions_the_cells_stay_and_at_rank_2_too()
    {
        EmbryoMovieOptions calm = Options with { Embryo = new EmbryoOptions { Extent = [60, 60], CellCount = 9 }, DivisionRate = 0, Frames = 3 };
        EmbryoMovie movie = EmbryoMovie.Create(calm, new Random(1));
        Assert.All(movie.Tracks, track => Assert.Equal((0, 2, 0), (track.FirstFrame, track.LastFrame, track.ParentId)));
        Assert.Equal(Enumerable.Range(1, 9), movie.Render(2).Labels.Cells().Select(cell => cell.Label));
    }

    private static bool[] Dilated(LabelVolume labels, int label, int steps)
    {
        bool[] inside = [.. labels.Voxels.Select(voxel => voxel == label)];
        for (int step = 0; step < steps; step++)
        {
            var grown = (bool[])inside.Clone();
            for (int voxel = 0; voxel < inside.Length; voxel++)
            {
                if (!inside[voxel]) continue;
                foreach (int other in Pieces.Neighbours(labels.Extent, voxel)) grown[other] = true;
            }

            inside = grown;
        }

        return inside;
    }
}
