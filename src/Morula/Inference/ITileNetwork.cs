using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>What finds the cells of an image tile by tile.</summary>
internal interface ITileNetwork
{
    /// <summary>What all tiles of an image are normalised with inside the network; null: each with its own moments.</summary>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="read">Gives a block of the normalised image, which may reach outside.</param>
    /// <param name="cancellation">Stops between places.</param>
    NormalisationMoments? Observe(Extent working, Func<Block, Volume> read, CancellationToken cancellation);

    /// <summary>The cells of a tile, boxes in its voxels.</summary>
    /// <param name="tile">Normalised; sizes are multiples of the largest stride.</param>
    /// <param name="place">Where the tile lies on the working grid.</param>
    /// <param name="working">Sizes of the working grid.</param>
    /// <param name="moments">From <see cref="Observe"/>.</param>
    Detections Detect(Volume tile, Block place, Extent working, NormalisationMoments? moments);
}
