using Morula.Synthesis;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Synthesis;

public sealed class ToySceneTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void One_seed_gives_one_scene(int rank)
    {
        var options = new ToyOptions { Rank = rank, Size = 48 };
        ToyScene first = ToyScene.Create(options, new Random(7));
        ToyScene again = ToyScene.Create(options, new Random(7));
        ToyScene other = ToyScene.Create(options, new Random(8));
        Assert.Equal(first.Image.Voxels, again.Image.Voxels);
        Assert.Equal(first.Labels.Voxels, again.Labels.Voxels);
        Assert.NotEqual(first.Image.Voxels, other.Image.Voxels);
    }

    [Theory]
    [InlineData(2, 200)]
    [InlineData(3, 48)]
    public void The_list_of_objects_agrees_with_the_labels(int rank, int size)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            ToyScene scene = ToyScene.Create(new ToyOptions { Rank = rank, Size = size }, new Random(seed));
            IReadOnlyList<LabelledCell> cells = scene.Labels.Cells();
            Assert.Equal(cells.Select(cell => cell.Label), scene.Objects.Select(item => item.Label));
            Assert.Equal(cells.Select(cell => cell.Box), scene.Objects.Select(item => item.Box));
            Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.Label));
            Assert.All(scene.Objects, item => Assert.InRange(item.Intensity, 0.02, 0.10));
            Assert.All(scene.Objects, item => Assert.Equal(rank == 3 ? 3 : 1, item.AspectRatios.Count));
            Assert.All(scene.Objects, item => Assert.InRange(item.Elongation, 1, 5.5));
        }
    }

    [Fact]
    public void Images_are_whole_grey_values_that_fill_the_8_bit_range()
    {
        ToyScene scene = ToyScene.Create(new ToyOptions { Size = 32 }, new Random(1));
        Assert.Equal(0, scene.Image.Voxels.Min());
        Assert.Equal(255, scene.Image.Voxels.Max());
        Assert.All(scene.Image.Voxels, value => Assert.Equal(MathF.Round(value), value));
    }

    [Fact]
    public void Voxel_counts_are_the_volumes_of_the_solids()
    {
        var ratios = new Dictionary<ToyShape, List<double>>();
        for (int seed = 0; seed < 60; seed++)
        {
            var stream = new RandomStream((ulong)seed);
            RotatedShape shape = RotatedShape.Draw(3, 1, ref stream);
            double solid = shape.Lengths.Aggregate(1.0, (product, length) => product * length) * shape.Shape switch
            {
                ToyShape.Ellipsoid => Math.PI / 6,
                ToyShape.Cuboid => 1,
                _ => 1 / 3.0,
            };
            if (!ratios.TryGetValue(shape.Shape, out List<double>? list)) ratios[shape.Shape] = list = [];
            list.Add(shape.Voxels().Voxels.Count(voxel => voxel != 0) / solid);
        }

        Assert.Equal(3, ratios.Count);
        Assert.All(ratios[ToyShape.Ellipsoid], ratio => Assert.InRange(ratio, 0.98, 1.02));
        Assert.All(ratios[ToyShape.Cuboid], ratio => Assert.InRange(ratio, 0.97, 1.03));
        Assert.All(ratios[ToyShape.Pyramid], ratio => Assert.InRange(ratio, 0.9, 1.1));
    }

    [Fact]
    public void Crossed_bounds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ToyScene.Create(new ToyOptions { LeastObjects = 5, MostObjects = 4 }, new Random(1)));
        Assert.Throws<ArgumentException>(() => ToyScene.Create(new ToyOptions { Rank = 4 }, new Random(1)));
    }
}
