using Morula.Model;
using Morula.Volumes;

namespace Morula.Inference;

/// <summary>A detection on its way through stitching, with all that tells it from others whatever the order of tiles.</summary>
/// <param name="Detection">One detection, boxes in voxels of the image.</param>
/// <param name="Tiles">The tiles it comes from: several once pieces have been joined.</param>
/// <param name="Seen">The part of the image these tiles see (their bounding block).</param>
/// <param name="CutSides">Per side, lowers then uppers: whether it ends at a side of its tile inside the image.</param>
internal sealed record Candidate(Detections Detection, Tile[] Tiles, Block Seen, bool[] CutSides)
{
    public float Score => Detection.Scores[0];

    public int Rank => Detection.Rank;

    public bool IsCut => CutSides.Contains(true);

    /// <summary>Whether a part of the cell may be missing: cut, or made of what was cut.</summary>
    public bool IsPiece => IsCut || IsJoined;

    /// <summary>Volume of the box in voxels.</summary>
    public double BoxVolume => Enumerable.Range(0, Rank).Aggregate(1.0, (volume, axis) => volume * (Detection.Boxes[Rank + axis] - Detection.Boxes[axis]));

    /// <summary>Whether it stands for a piece at home, wherever its own centre lies.</summary>
    public bool InheritsHome { get; init; }

    public bool IsJoined => Tiles.Length > 1;

    public static Candidate Make(Tile tile, Detections found, int index, Extent image, double reach)
    {
        Detections one = DetectionSelection.Take(found, [index]);
        int rank = one.Rank;
        var cut = new bool[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            cut[axis] = tile.Whole.Lower[axis] > 0 && one.Boxes[axis] < tile.Whole.Lower[axis] + reach;
            cut[rank + axis] = tile.Whole.Upper[axis] < image[axis] && one.Boxes[rank + axis] > tile.Whole.Upper[axis] - reach;
        }

        return new Candidate(one, [tile], tile.Whole, cut);
    }

    /// <summary>Whether the centre lies in the core of one of its tiles, grown by a margin; sides of the image do not bound.</summary>
    public bool IsAtHome(Extent image, int margin) => InheritsHome || Tiles.Any(tile => IsIn(tile.Core, image, margin));

    /// <summary>Whether the other reaches beyond a side at which this one is cut.</summary>
    public bool IsContinuedBy(Candidate other)
    {
        for (int axis = 0; axis < Rank; axis++)
        {
            if (CutSides[axis] && other.Detection.Boxes[axis] < Detection.Boxes[axis] - 1) return true;
            if (CutSides[Rank + axis] && other.Detection.Boxes[Rank + axis] > Detection.Boxes[Rank + axis] + 1) return true;
        }

        return false;
    }

    public bool SharesTileWith(Candidate other) => Tiles.Any(other.Tiles.Contains);

    private bool IsIn(Block core, Extent image, int margin)
    {
        for (int axis = 0; axis < Rank; axis++)
        {
            float centre = (Detection.Boxes[axis] + Detection.Boxes[Rank + axis]) / 2;
            if (core.Lower[axis] > 0 && centre < core.Lower[axis] - margin) return false;
            if (core.Upper[axis] < image[axis] && centre >= core.Upper[axis] + margin) return false;
        }

        return true;
    }

    /// <summary>A total order: better score first, then by box, then by class and tile.</summary>
    public static int Compare(Candidate first, Candidate second)
    {
        int order = DetectionSelection.Compare(first.Detection, 0, second.Detection, 0);
        for (int axis = 0; order == 0 && axis < first.Rank; axis++)
            order = first.Tiles[0].Core.Lower[axis].CompareTo(second.Tiles[0].Core.Lower[axis]);
        return order;
    }
}
