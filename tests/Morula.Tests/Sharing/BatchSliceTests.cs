using Morula.Options;
using Morula.Sharing;
using Xunit;

namespace Morula.Tests.Sharing;

public sealed class BatchSliceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 6)]
    [InlineData(4, 8)]
    public void Every_image_of_every_batch_is_taken_once_and_in_order(int count, int batchSize)
    {
        const int Batches = 3;
        BatchSlice[] slices = [.. Enumerable.Range(0, count).Select(index => BatchSlice.Of(new Place(index, count), batchSize))];
        for (int batch = 0; batch < Batches; batch++)
        {
            long[] taken = [.. slices.SelectMany(slice => Enumerable.Range(batch * slice.Size, slice.Size).Select(own => slice.Global(own)))];
            Assert.Equal(Enumerable.Range(batch * batchSize, batchSize).Select(image => (long)image), taken);
        }
    }

    [Fact]
    public void A_batch_that_cannot_be_shared_out_is_refused_in_one_line()
    {
        var refusal = Assert.Throws<OptionsException>(() => BatchSlice.Of(new Place(0, 4), 6));
        Assert.Contains("Training.BatchSize is 6", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("such as 8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_process_is_a_group_whose_sums_are_what_is_summed()
    {
        using var group = new SingleProcess();
        double[] values = [1, 2];
        float[] more = [3, 4];
        group.Sum(values);
        group.StartSum(more).Wait();
        Assert.Equal((0, 1), (group.Index, group.Count));
        Assert.Equal([1, 2], values);
        Assert.Equal([3f, 4f], more);
        Assert.Equal([5], group.Broadcast([5]));
    }

    private sealed class Place(int index, int count) : IProcessGroup
    {
        public int Index => index;

        public int Count => count;

        public IPendingSum StartSum(float[] values) => throw new NotSupportedException();

        public void Sum(double[] values) => throw new NotSupportedException();

        public byte[] Broadcast(byte[] ofFirst) => throw new NotSupportedException();

        public void Abort(int exitCode) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
