using Morula.Inference;
using Morula.Layers;
using Morula.Model;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Streaming;

/// <summary>Knows the cells of the tile it is shown; its moments must come back to it.</summary>
internal sealed class IdealNetwork(Func<Detections> detect) : ITileNetwork
{
    private static readonly float[] Known = [0.1f, 1f / 3];

    public NormalisationMoments Observe(Extent working, Func<Block, Volume> read, CancellationToken cancellation) => new([new ChannelMoments(Known, [2, float.Pi])]);

    public Detections Detect(Volume tile, Block place, Extent working, NormalisationMoments? moments)
    {
        Assert.Equal(Known, Assert.Single(moments!.Layers).Means);
        Assert.Equal([2, float.Pi], moments.Layers[0].Variances);
        return detect();
    }
}
