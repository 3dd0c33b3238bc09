using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class SymmetryTests
{
    [Theory]
    [InlineData(new[] { 1.0, 1.0 }, 8)]
    [InlineData(new[] { 2.0, 1.0 }, 4)]
    [InlineData(new[] { 1.0, 1.0, 1.0 }, 48)]
    [InlineData(new[] { 0.45, 0.4499, 0.4522 }, 48)]
    [InlineData(new[] { 0.43, 0.18, 0.18 }, 16)]
    [InlineData(new[] { 0.5, 0.3, 0.1 }, 8)]
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0 }, 48)]
    [InlineData(new[] { 90.0, 2.0, 1.0, 1.0 }, 16)]
    public void There_are_as_many_as_the_spacing_allows_all_distinct(double[] spacing, int count)
    {
        Extent extent = Extent.Cube(spacing.Length, 3);
        int[] voxels = [.. Enumerable.Range(0, (int)extent.Count)];
        int[][] turned = [.. Symmetry.All(new Spacing(spacing)).Select(symmetry => symmetry.Apply(voxels, extent))];
        Assert.Equal(count, turned.Length);
        Assert.Equal(count, turned.Select(one => string.Join(' ', one)).Distinct().Count());
        Assert.All(turned, one => Assert.Equal(voxels, one.Order()));
    }

    [Theory]
    [InlineData(new[] { 3, 4 })]
    [InlineData(new[] { 2, 3, 4 })]
    [InlineData(new[] { 2, 2, 3, 4 })]
    public void Every_voxel_lands_where_the_definition_says(int[] sizes)
    {
        var before = new Extent(sizes);
        int[] voxels = [.. Enumerable.Range(0, (int)before.Count)];
        foreach (Symmetry symmetry in Symmetry.All(Spacing.Unit(sizes.Length)))
        {
            var after = new Extent([.. symmetry.From.Select(axis => sizes[axis])]);
            Assert.Equal(before, symmetry.Before(after));
            int[] turned = symmetry.Apply(voxels, before);
            for (int index = 0; index < turned.Length; index++)
            {
                int[] place = Scenes.Place(after, index);
                var source = new int[place.Length];
                for (int axis = 0; axis < place.Length; axis++)
                    source[symmetry.From[axis]] = symmetry.Mirrored[axis] ? after[axis] - 1 - place[axis] : place[axis];
                Assert.Equal(turned[index], (int)source.Zip(before.Strides(), (at, stride) => at * stride).Sum());
            }
        }
    }

    [Fact]
    public void Draws_reach_every_symmetry_and_time_is_never_touched()
    {
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 1000).Select(_ => Symmetry.Draw(Spacing.Unit(4), random)).ToHashSet();
        Assert.Equal(48, drawn.Count);
        Assert.All(drawn, symmetry => Assert.True(symmetry.From[0] == 0 && !symmetry.Mirrored[0]));
    }
}
