using Morula.Volumes;

namespace Morula.Samples;

/// <summary>An image and its labels on one grid, ready to be cut into samples.</summary>
public sealed class LoadedPair : ICropSource
{
    private readonly IReadOnlyDictionary<int, int> classes;
    private readonly CellList cells;

    internal LoadedPair(Pair pair, Volume image, LabelVolume labels, IReadOnlyDictionary<int, int> classes)
    {
        (Pair, Image, Labels, this.classes) = (pair, image, labels, classes);
        cells = CellList.Of(labels);
    }

    /// <summary>The files this came from.</summary>
    public Pair Pair { get; }

    /// <summary>Normalised intensities on the working grid.</summary>
    public Volume Image { get; }

    /// <summary>Labels on the grid of the image.</summary>
    public LabelVolume Labels { get; }

    /// <summary>The cells by ascending label, with tight boxes on the working grid.</summary>
    public IReadOnlyList<LabelledCell> Cells => cells;

    /// <summary>Memory this holds, in bytes.</summary>
    public long ByteCount => Image.Extent.Count * (sizeof(float) + sizeof(int));

    Extent ICropSource.Extent => Image.Extent;

    Spacing ICropSource.Spacing => Image.Spacing;

    CellList ICropSource.CellList => cells;

    /// <summary>Class of a cell, from 1; 1 where no table speaks of it.</summary>
    public int ClassOf(int label) => classes.GetValueOrDefault(label, ObjectClasses.Default);

    PairPart ICropSource.Read(Func<Block> wanted) => PairPart.Of(Image, Labels);
}
