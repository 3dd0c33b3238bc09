namespace Morula.Samples;

/// <summary>How the images of a training are read.</summary>
public enum ReadingKind
{
    /// <summary>Whole, and kept, where all of them fit into the cache; else those in blocks of which a crop is a small part and whose files allow it.</summary>
    Auto,

    /// <summary>Whole; the last used are kept as far as the cache goes.</summary>
    Whole,

    /// <summary>Each crop reads its own part of the files, whatever their size.</summary>
    Blocks,
}
