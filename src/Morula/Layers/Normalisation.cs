namespace Morula.Layers;

/// <summary>What follows a convolution to keep its outputs in range.</summary>
public enum Normalisation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Group normalisation (Wu and He 2018): independent of the batch size.</summary>
    Group,

    /// <summary>A learnt scale and shift per channel: batch normalisation frozen at mean 0 and variance 1.</summary>
    Affine,
}
