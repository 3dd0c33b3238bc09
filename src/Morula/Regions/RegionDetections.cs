namespace Morula.Regions;

/// <summary>Detections of one image on the host, best first.</summary>
/// <param name="Boxes">N x 2D numbers.</param>
/// <param name="Scores">N numbers in [0, 1].</param>
/// <param name="Classes">N class indices from 1.</param>
/// <param name="Masks">N x mask probabilities.</param>
public sealed record RegionDetections(float[] Boxes, float[] Scores, int[] Classes, float[] Masks)
{
    /// <summary>No detection.</summary>
    public static RegionDetections None { get; } = new([], [], [], []);
}
