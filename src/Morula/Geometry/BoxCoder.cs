using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Geometry;

/// <summary>
/// Writes a box relative to a reference box (Ren et al. 2015, Faster R-CNN, eq. 2, with D axes): shifts of the centre in units
/// of the reference's size and logarithms of the sizes' ratio, each divided by its usual deviation.
/// </summary>
/// <param name="centreDeviation">Usual deviation of a centre shift, in sizes of the reference; above 0.</param>
/// <param name="sizeDeviation">Usual deviation of a log size; above 0.</param>
public sealed class BoxCoder(double centreDeviation = 0.1, double sizeDeviation = 0.2)
{
    // exp of an untrained regression must not overflow; no cell is 62 times the size of its candidate.
    private static readonly float LargestLogSize = (float)Math.Log(1000.0 / 16);

    // Keeps the logarithm of an empty box finite.
    private const float SmallestSize = 1e-6f;

    /// <summary>Deltas [N, 2D] that lead from each reference to its truth: D shifts, then D log sizes.</summary>
    public Tensor Encode(Boxes truth, Boxes reference)
    {
        using var scope = NewDisposeScope();
        using Scalar smallest = SmallestSize, centreUnit = (float)centreDeviation, sizeUnit = (float)sizeDeviation;
        Tensor size = reference.Size.clamp(min: smallest);                              // [N, D]
        Tensor shift = truth.Centre.Minus(reference.Centre) / size / centreUnit;
        Tensor logSize = (truth.Size.clamp(min: smallest) / size).log() / sizeUnit;
        return cat([shift, logSize], -1).MoveToOuterDisposeScope();                      // [N, 2D]
    }

    /// <summary>The boxes that deltas [N, 2D] make of their references; log sizes above log(1000 / 16) count as that.</summary>
    public Boxes Decode(Tensor deltas, Boxes reference)
    {
        using var scope = NewDisposeScope();
        using Scalar largest = LargestLogSize, centreUnit = (float)centreDeviation, sizeUnit = (float)sizeDeviation, middle = 0.5f;
        int rank = reference.Rank;
        Tensor size = reference.Size;                                                    // [N, D]
        Tensor centre = (deltas.narrow(-1, 0, rank) * centreUnit * size).Plus(reference.Centre);
        Tensor logSize = (deltas.narrow(-1, rank, rank) * sizeUnit).clamp(max: largest);
        Tensor half = logSize.exp() * size * middle;
        Boxes decoded = Boxes.From(centre.Minus(half), centre.Plus(half));                        // [N, 2D]
        decoded.Values.MoveToOuterDisposeScope();
        return decoded;
    }
}
