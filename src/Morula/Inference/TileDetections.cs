using Morula.Model;

namespace Morula.Inference;

/// <summary>What was found in one tile.</summary>
/// <param name="Tile">Where the network looked.</param>
/// <param name="Found">Detections, boxes in voxels of the image.</param>
public sealed record TileDetections(Tile Tile, Detections Found)
{
    /// <summary>Moves detections whose boxes count from the lower corner of the tile's whole to image coordinates.</summary>
    public static TileDetections FromTile(Tile tile, Detections found)
    {
        int rank = found.Rank;
        var boxes = new float[found.Boxes.Length];
        for (int side = 0; side < boxes.Length; side++) boxes[side] = found.Boxes[side] + tile.Whole.Lower[side % rank];
        return new TileDetections(tile, found with { Boxes = boxes });
    }
}
