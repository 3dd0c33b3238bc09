using Morula.Volumes;

namespace Morula.Samples;

/// <summary>A pair on its working grid, of which crops are taken: held whole, or read from its files where they are asked for.</summary>
internal interface ICropSource
{
    /// <summary>The files.</summary>
    Pair Pair { get; }

    /// <summary>Sizes of the working grid.</summary>
    Extent Extent { get; }

    /// <summary>Step of the working grid.</summary>
    Spacing Spacing { get; }

    /// <summary>The cells on the working grid.</summary>
    CellList CellList { get; }

    /// <summary>Class of a cell, from 1; 1 where no table speaks of it.</summary>
    int ClassOf(int label);

    /// <summary>A part that holds at least what is wanted.</summary>
    /// <param name="wanted">Gives a block inside the working grid; not asked where all is held.</param>
    PairPart Read(Func<Block> wanted);
}
