using Morula.Samples;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Samples;

public sealed class PrefetcherTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 8)]
    [InlineData(8, 3)]
    public void Samples_come_in_order_whatever_the_threads(int ahead, int threads)
    {
        using var prefetcher = new Prefetcher(index => Slow(index, (int)(index % 3)), 5, ahead, threads);
        for (int index = 5; index < 40; index++) Assert.Equal(index, prefetcher.Next().Image.Voxels[0]);
    }

    [Fact]
    public void No_more_is_made_than_asked_ahead()
    {
        long highest = -1;
        using var prefetcher = new Prefetcher(
            index =>
            {
                InterlockedMaximum(ref highest, index);
                return Slow(index, 0);
            },
            0,
            4,
            2);
        for (int taken = 1; taken <= 20; taken++)
        {
            prefetcher.Next();
            Assert.InRange(Interlocked.Read(ref highest), taken - 1, taken + 3);
        }
    }

    [Fact]
    public void A_fault_is_thrown_in_its_turn_and_the_rest_goes_on()
    {
        using var prefetcher = new Prefetcher(
            index => index == 2 ? throw new InvalidDataException("torn file") : Slow(index, 0), 0, 4, 2);
        prefetcher.Next();
        prefetcher.Next();
        Assert.Equal("torn file", Assert.Throws<InvalidDataException>(prefetcher.Next).Message);
        Assert.Equal(3, prefetcher.Next().Image.Voxels[0]);
    }

    [Fact]
    public void After_disposal_nothing_is_begun()
    {
        long made = 0;
        var prefetcher = new Prefetcher(
            index =>
            {
                Interlocked.Increment(ref made);
                return Slow(index, 5);
            },
            0,
            1000,
            2);
        prefetcher.Next();
        prefetcher.Dispose();
        prefetcher.Dispose();
        long atDisposal = Interlocked.Read(ref made);
        Assert.InRange(atDisposal, 1, 999);
        Assert.Throws<ObjectDisposedException>(prefetcher.Next);
        Thread.Sleep(30);
        Assert.Equal(atDisposal, Interlocked.Read(ref made));
    }

    [Fact]
    public void Samples_are_those_of_the_source()
    {
        var options = new SampleOptions { Crop = [16, 16, 16] };
        var source = new SampleSource(Scenes.Store(options, Scenes.Balls(1, 30, 30, 30)), [Scenes.Pair()], options, 4);
        using var prefetcher = new Prefetcher(source, 7, 3, 2);
        for (int index = 7; index < 12; index++) Assert.Equal(source.Get(index).Image.Voxels, prefetcher.Next().Image.Voxels);
    }

    private static Sample Slow(long index, int milliseconds)
    {
        if (milliseconds > 0) Thread.Sleep(milliseconds);
        var extent = new Extent(1, 1);
        return new Sample(new Volume(extent, Spacing.Unit(2), [index]), new LabelVolume(extent, Spacing.Unit(2)), []);
    }

    private static void InterlockedMaximum(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (value > seen)
        {
            long found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
