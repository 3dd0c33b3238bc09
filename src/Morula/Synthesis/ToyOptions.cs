using Morula.Options;

namespace Morula.Synthesis;

/// <summary>
/// The toy benchmark of David and Faure (Front. Bioinform. 2025): rotated ellipsoids, cuboids and corner pyramids of weak,
/// constant intensity in noise. The defaults are the benchmark; objects scale with the canvas.
/// </summary>
public sealed record ToyOptions
{
    /// <summary>Number of axes: 2 or 3. Default 3.</summary>
    [Range(2, 3)]
    public int Rank { get; init; } = 3;

    /// <summary>Side of the canvas in voxels, 16 to 1024. Lengths of objects scale with it over 128. Default 128.</summary>
    [Range(16, 1024)]
    public int Size { get; init; } = 128;

    /// <summary>Least number of objects aimed at, 1 to 200. Default 3.</summary>
    [Range(1, 200)]
    public int LeastObjects { get; init; } = 3;

    /// <summary>Largest number of objects aimed at, 1 to 200. Crowded images may hold fewer. Default 20.</summary>
    [Range(1, 200)]
    public int MostObjects { get; init; } = 20;

    /// <summary>Weakest intensity of an object before noise of deviation 0.05, 0 to 10. Default 0.02.</summary>
    [Range(0, 10)]
    public double LeastIntensity { get; init; } = 0.02;

    /// <summary>Strongest intensity of an object, 0 to 10. Default 0.10.</summary>
    [Range(0, 10)]
    public double MostIntensity { get; init; } = 0.10;
}
