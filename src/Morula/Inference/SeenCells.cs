namespace Morula.Inference;

/// <summary>What a network sees of the cells of an image at one scale.</summary>
/// <param name="Known">How much of what it was shown it takes for cells, weighted by their scores; 0 where it sees next to none.</param>
/// <param name="Size">Median size of those seen whole, in the image's units of length.</param>
internal readonly record struct SeenCells(double Known, double Size);
