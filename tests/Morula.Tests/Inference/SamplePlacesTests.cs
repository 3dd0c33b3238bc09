using Morula.Inference;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Inference;

public sealed class SamplePlacesTests
{
    [Fact]
    public void Places_have_the_size_of_a_sample_and_lie_inside()
    {
        Extent image = new(40, 200, 1000);
        IReadOnlyList<Block> places = SamplePlaces.Spread(image, [64, 64, 60], [4, 8, 8]);
        Assert.Equal(1 * 3 * 4, places.Count);
        Assert.All(places, place => Assert.Equal(new Extent(40, 64, 64), place.Extent));
        Assert.All(places, place => Assert.Equal(place, place.ClipTo(image)));
        Assert.Equal([0, 68, 136], places.Select(place => place.Lower[1]).Distinct());
        Assert.Equal([0, 312, 624, 936], places.Select(place => place.Lower[2]).Distinct());
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public void A_small_image_is_one_place_as_large_as_a_tile_of_it() =>
        Assert.Equal(new Block([0, 0], [16, 24]), Assert.Single(SamplePlaces.Spread(new Extent(13, 17), [64, 64], [8, 8])));

    [Fact]
    public void Empty_places_are_left_out_and_full_ones_evenly_chosen()
    {
        Assert.Equal([1, 3], SamplePlaces.Choose([0.1, 1, 0.2, 0.9, 0.4], 8));
        Assert.Equal([1, 4, 7], SamplePlaces.Choose([1, 1, 1, 1, 1, 1, 1, 1, 1], 3));
        Assert.Equal([0, 1], SamplePlaces.Choose([0, 0], 5));
    }

    [Fact]
    public void Content_is_brightness_above_the_background() =>
        Assert.Equal(0.75, SamplePlaces.Content(new Volume(new Extent(2, 2), Spacing.Unit(2), [-1, -1, 0, 1])), 1e-6);
}
