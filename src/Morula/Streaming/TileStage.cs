using Morula.Inference;
using Morula.Model;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Streaming;

/// <summary>First of three stages: the network looks at every tile.</summary>
/// <param name="plan">Tiles.</param>
/// <param name="parts">Files.</param>
/// <param name="stitching">Margin of a core.</param>
internal sealed class TileStage(StreamPlan plan, StreamParts parts, StitchingOptions stitching)
{
    /// <summary>Whether a tile is done.</summary>
    public bool IsDone(int tile) => File.Exists(parts.Tile(tile));

    /// <summary>Finds the cells of a tile and writes those that can matter to the image.</summary>
    /// <param name="tile">Number of the tile.</param>
    /// <param name="image">The image on the working grid.</param>
    /// <param name="network">Finds the cells of a tile.</param>
    /// <param name="moments">What it normalises with.</param>
    public void Run(int tile, WorkingImage image, ITileNetwork network, NormalisationMoments? moments)
    {
        Block place = plan.Tiles[tile].Whole;
        TileDetections found = TileDetections.FromTile(plan.Tiles[tile], network.Detect(image.Read(place), place, plan.Working, moments));
        int[] kept = [.. Enumerable.Range(0, found.Found.Count).Where(index => Matters(found, index))];
        DetectionFile.Write(parts.Tile(tile), DetectionSelection.Take(found.Found, kept));
    }

    // What lies away from the core is another tile's, unless it is so large that no tile may see it whole around its centre.
    private bool Matters(TileDetections found, int index)
    {
        Candidate candidate = Candidate.Make(found.Tile, found.Found, index, plan.Working, stitching.CutVoxels);
        if (candidate.IsAtHome(plan.Working, stitching.MarginVoxels)) return true;
        ReadOnlySpan<float> box = found.Found.Box(index);
        for (int axis = 0; axis < plan.Working.Rank; axis++)
        {
            if (box[plan.Working.Rank + axis] - box[axis] >= plan.Halo[axis] - stitching.MarginVoxels) return true;
        }

        return false;
    }
}
