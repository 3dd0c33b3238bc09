using Morula.Layers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Morula.Model;

/// <summary>
/// The moments that the group normalisations of a network's shared part (trunk, pyramid, proposals) meet in an image. Given to all tiles of the
/// image, they make what the network sees at a voxel independent of the tile around it.
/// </summary>
/// <param name="Layers">In the order of the network; none where it has no such layer.</param>
public sealed record NormalisationMoments(IReadOnlyList<ChannelMoments> Layers)
{
    /// <summary>The means over several places of an image.</summary>
    /// <exception cref="ArgumentException">No place, or of different networks.</exception>
    public static NormalisationMoments Average(IReadOnlyList<NormalisationMoments> places)
    {
        if (places.Count == 0 || places.Any(place => place.Layers.Count != places[0].Layers.Count))
            throw new ArgumentException("Places seen by one network are expected, at least one.", nameof(places));
        return new NormalisationMoments([.. Enumerable.Range(0, places[0].Layers.Count).Select(layer => ChannelMoments.Average([.. places.Select(place => place.Layers[layer])]))]);
    }

    /// <summary>Runs something and gives the moments that the layers of modules met meanwhile.</summary>
    internal static NormalisationMoments Observe(IEnumerable<Module> parts, Action run)
    {
        GroupNormalisation[] layers = In(parts);
        var met = new ChannelMoments?[layers.Length];
        try
        {
            for (int layer = 0; layer < layers.Length; layer++)
            {
                int own = layer;
                layers[layer].Observer = moments => met[own] = moments;
            }

            run();
        }
        finally
        {
            foreach (GroupNormalisation layer in layers) layer.Observer = null;
        }

        return new NormalisationMoments([.. met.Select(moments => moments ?? new ChannelMoments([], []))]);
    }

    /// <summary>Runs something while the layers of modules normalise with these moments.</summary>
    /// <exception cref="ArgumentException">The moments are those of another network.</exception>
    internal T Hold<T>(IEnumerable<Module> parts, Func<T> run)
    {
        GroupNormalisation[] layers = In(parts);
        if (layers.Length != Layers.Count)
            throw new ArgumentException($"The network has {layers.Length} layers that normalise, the moments are those of {Layers.Count}.", nameof(parts));
        try
        {
            // A layer that was not met has none.
            for (int layer = 0; layer < layers.Length; layer++) layers[layer].Moments = Layers[layer].Means.Length > 0 ? Layers[layer] : null;
            return run();
        }
        finally
        {
            foreach (GroupNormalisation layer in layers) layer.Moments = null;
        }
    }

    private static GroupNormalisation[] In(IEnumerable<Module> parts) => [.. parts.SelectMany(part => part.modules()).OfType<GroupNormalisation>()];
}
