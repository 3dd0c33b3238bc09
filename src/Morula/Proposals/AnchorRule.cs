namespace Morula.Proposals;

/// <summary>How anchors are fitted to the cells of the training images.</summary>
public enum AnchorRule
{
    /// <summary>
    /// Cubes in space whose sides grow by one factor, from below the small cells to above the large ones: a margin for cells that are
    /// smaller or larger than any in training, such as those of the later frames of a movie.
    /// </summary>
    Scale,

    /// <summary>
    /// Shapes of cells, one side per axis of space, chosen so that all cells overlap one of them as well as possible (k medoids). They
    /// suit flat or long cells and keep no margin: what is to be predicted should look like the training cells.
    /// </summary>
    Medoids,
}
