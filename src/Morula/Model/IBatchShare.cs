using TorchSharp.Modules;

namespace Morula.Model;

/// <summary>The part that some images have in a batch whose other images are taught elsewhere, at the same time.</summary>
internal interface IBatchShare
{
    /// <summary>Number of shares, all of the same size.</summary>
    int Count { get; }

    /// <summary>Sums over all shares, at most four; asked for as often, and in the same order, everywhere.</summary>
    IReadOnlyList<double> Sum(IReadOnlyList<double> counts);

    /// <summary>Told of weights whose gradients are whole, as far as these images go.</summary>
    void Complete(IEnumerable<Parameter> weights);
}
