using Morula.Volumes;

namespace Morula.Runs;

/// <summary>What memory is planned for.</summary>
/// <param name="Image">Sizes of the largest image to predict, on its own grid.</param>
/// <param name="Working">The same image on the working grid.</param>
/// <param name="Cells">Cells in it.</param>
/// <param name="DataBytes">All images of the data set with their labels, loaded; null where none is known.</param>
/// <param name="OnCard">Whether a graphics card is planned for, whose memory holds tensors alone.</param>
public sealed record PlanSubject(Extent Image, Extent Working, int Cells, long? DataBytes = null, bool OnCard = false);
