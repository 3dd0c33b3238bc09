using Morula.Inference;

namespace Morula.Runs;

/// <summary>Where the results for a frame of a movie lie.</summary>
internal static class MovieFiles
{
    /// <summary>Its labels, labels/NAME.tif, and its table of cells, cells/NAME.cells.csv.</summary>
    /// <param name="folder">Of the movie's results.</param>
    /// <param name="frame">Name of the frame.</param>
    public static PredictionFiles In(string folder, string frame) =>
        new(Path.Combine(folder, "labels", $"{frame}.tif"), Path.Combine(folder, "cells", $"{frame}.cells.csv"));
}
