using Morula.Geometry;

namespace Morula.Regions;

/// <summary>Detections of one image on the host, best first.</summary>
/// <param name="Boxes">N x 2D numbers.</param>
/// <param name="Scores">N numbers in [0, 1].</param>
/// <param name="Classes">N class indices from 1.</param>
/// <param name="Masks">N x mask probabilities.</param>
public sealed record RegionDetections(float[] Boxes, float[] Scores, int[] Classes, float[] Masks)
{
    /// <summary>N x 2 probabilities of movies: born, divides (see CellEvents); empty without time.</summary>
    public float[] Events { get; init; } = [];

    /// <summary>Some of them, in the order given, before masks are made.</summary>
    internal RegionDetections Take(int[] rows, int rank) => new(
        Rows.Take<float>(Boxes, 2 * rank, rows), Rows.Take<float>(Scores, 1, rows), Rows.Take<int>(Classes, 1, rows), [])
    {
        Events = Events.Length == 0 ? [] : Rows.Take<float>(Events, BoxHead.EventKinds, rows),
    };

    /// <summary>No detection.</summary>
    public static RegionDetections None { get; } = new([], [], [], []);
}
