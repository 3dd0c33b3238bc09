using Morula.Proposals;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Proposals;

public sealed class SamplePartsTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    public void A_tile_is_cut_where_its_image_is(int rank)
    {
        Extent image = new([.. Enumerable.Range(0, rank).Select(axis => 50 + (7 * axis))]);
        int[] sample = [.. Enumerable.Repeat(16, rank)], corner = [.. Enumerable.Range(0, rank).Select(axis => 9 + axis)];
        var tile = new Block(corner, [.. corner.Select(from => from + 30)]);
        SampleParts whole = SampleParts.Of(image, image.Whole, sample), part = SampleParts.Of(image, tile, sample);
        var random = new Random(rank);
        var partners = new Dictionary<int, int>();
        for (int draw = 0; draw < 2000; draw++)
        {
            float[] place = [.. Enumerable.Range(0, rank).Select(_ => random.NextSingle() * 30)];
            float[] inImage = [.. place.Select((at, axis) => at + corner[axis])];
            int own = part.PartOf([.. place, .. place]), other = whole.PartOf([.. inImage, .. inImage]);
            if (!partners.TryAdd(own, other)) Assert.Equal(partners[own], other);
        }

        Assert.Equal(part.Count, partners.Count);
        Assert.Equal(part.Count, partners.Values.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, rank).Aggregate(1, (count, axis) => count * (int)Math.Round((50 + (7 * axis)) / 16.0)), whole.Count);
        Assert.Equal(image.Count / Math.Pow(16, rank), whole.Size, 1e-9);
    }

    [Fact]
    public void What_reaches_outside_counts_for_nothing_and_belongs_to_the_last_part()
    {
        var parts = SampleParts.Of(new Extent(20, 20), new Block([0, 10], [24, 24]), [10, 10]);
        Assert.Equal(2, parts.Count);
        Assert.Equal([100, 100], [parts.Quota(0, 100), parts.Quota(1, 100)]);
        Assert.Equal([0, 1, 1], [parts.PartOf([0, 0, 19, 24]), parts.PartOf([0, 0, 20, 1]), parts.PartOf([22, 20, 24, 24])]);
    }

    [Fact]
    public void An_image_of_one_part_has_at_least_what_a_sample_has()
    {
        Assert.Equal(70, SampleParts.Of(new Extent(5, 5), new Block([0, 0], [8, 8]), [10, 10]).Quota(0, 70));
        Assert.Equal(84, SampleParts.Of(new Extent(12, 10), new Block([0, 0], [12, 10]), [10, 10]).Quota(0, 70));
        Assert.Equal(70, SampleParts.Whole(new Extent(300, 300)).Quota(0, 70));
    }

    [Fact]
    public void A_tile_elsewhere_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SampleParts.Of(new Extent(20, 20), new Block([20, 0], [24, 8]), [10, 10]));
        Assert.Throws<ArgumentException>(() => SampleParts.Of(new Extent(20, 20), new Block([0, 0, 0], [4, 8, 8]), [10, 10]));
    }
}
