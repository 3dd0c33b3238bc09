using Morula.Formats;
using Morula.Layers;
using Morula.Model;
using Morula.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>
/// Starts a network with the weights of another: of the same make, or for single images where the new one sees movies. Then every
/// frame is treated as the other network treats an image (the idea of inflation, Carreira and Zisserman 2017): filters over time start as
/// the identity, heads average over the frames of a region, and what speaks of time starts afresh.
/// </summary>
internal static class Inheritance
{
    /// <summary>The options with the anchors of the other network, where they list none: its box deltas belong to them.</summary>
    public static ModelOptions Adopt(ModelOptions model, Checkpoint origin)
    {
        if (model.Proposals.Anchors.Count > 0) return model;
        ModelOptions other = OptionsFile.Parse<MorulaOptions>(origin.Options, origin.Path, []).Model;
        return model with { Proposals = model.Proposals with { Anchors = other.Proposals.Anchors } };
    }

    /// <summary>Copies the weights.</summary>
    /// <exception cref="VolumeFormatException">The other network has other layers.</exception>
    public static void Apply(Checkpoint origin, MaskRcnn model)
    {
        using var guard = no_grad();
        int rank = OptionsFile.Parse<MorulaOptions>(origin.Options, origin.Path, []).Model.Rank;
        if (rank != model.Options.Rank && (rank != 3 || model.Options.Rank != 4))
            throw new VolumeFormatException(origin.Path, $"is a network of rank {rank}, which cannot start one of rank {model.Options.Rank}; the same rank, or rank 3 for rank 4, is expected.");
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (rank != model.Options.Rank && SpeaksOfTime(name)) continue;
            string source = rank == model.Options.Rank ? name : name.Replace(".space.", ".", StringComparison.Ordinal);
            using var scope = NewDisposeScope();
            Tensor given = origin.Weight(source) ?? throw new VolumeFormatException(origin.Path, $"has no weight {source}; the network to start from must have the same layers.");
            parameter.copy_(Fit(origin.Path, source, given, parameter, model.Options, rank));
        }
    }

    private static bool SpeaksOfTime(string name) => name.Contains(".time.", StringComparison.Ordinal) || name.Contains(".events.", StringComparison.Ordinal);

    private static Tensor Fit(string path, string name, Tensor given, Tensor wanted, ModelOptions model, int rank)
    {
        using var scope = NewDisposeScope();
        if (given.shape.SequenceEqual(wanted.shape)) return given.MoveToOuterDisposeScope();
        if (rank < model.Rank && wanted.numel() % given.numel() == 0 && name.Contains(".boxHead.first", StringComparison.Ordinal))
            return Average(given, wanted, model.Backbone.PyramidWidth).MoveToOuterDisposeScope();
        if (name.Contains(".logits", StringComparison.Ordinal) && wanted.shape[0] % given.shape[0] == 0) return Repeat(given, wanted, 2).MoveToOuterDisposeScope();
        if (name.Contains(".deltas", StringComparison.Ordinal) && wanted.shape[0] % (given.shape[0] / rank * (rank + 1)) == 0)
            return Repeat(AddTime(given, rank), wanted, 2 * (rank + 1)).MoveToOuterDisposeScope();
        throw new VolumeFormatException(
            path, $"the weight {name} is [{string.Join(", ", given.shape)}], which does not fit [{string.Join(", ", wanted.shape)}]; the network to start from must have the same layers.");
    }

    // [W, C * V] to [W, C * T * V]: every frame counts alike.
    private static Tensor Average(Tensor given, Tensor wanted, int channels)
    {
        using var scope = NewDisposeScope();
        long frames = wanted.numel() / given.numel();
        using Scalar share = 1.0 / frames;
        Tensor perFrame = given.reshape(given.shape[0], channels, 1, -1);                   // [W, C, 1, V]
        return perFrame.repeat_interleave(frames, 2).reshape(wanted.shape).mul(share).MoveToOuterDisposeScope();
    }

    // Rows of an anchor, so many together, once for each of its lengths in time.
    private static Tensor Repeat(Tensor rows, Tensor wanted, int width)
    {
        using var scope = NewDisposeScope();
        long times = wanted.shape[0] / rows.shape[0];
        return rows.reshape([-1, 1, width, .. rows.shape[1..]]).repeat_interleave(times, 1).reshape(wanted.shape).MoveToOuterDisposeScope();
    }

    // Rows of D shifts and D sizes become D + 1 of each; those of time, the first, are 0: boxes keep the frames of their anchor.
    private static Tensor AddTime(Tensor rows, int rank)
    {
        using var scope = NewDisposeScope();
        Tensor halves = rows.reshape([-1, rank, .. rows.shape[1..]]);                       // [2A, D, ...]
        Tensor time = zeros([halves.shape[0], 1, .. halves.shape[2..]]);
        return cat([time, halves], 1).reshape([-1, .. rows.shape[1..]]).MoveToOuterDisposeScope();
    }
}
