namespace Morula.Bench.Viewer;

/// <summary>What was measured; times in milliseconds, memory in bytes.</summary>
/// <param name="FirstPicture">From opening the address to slices of the first frame, once per start of a fresh server and browser.</param>
/// <param name="FirstWhole">The same until its surfaces are there too.</param>
/// <param name="Next">From asking for the next frame to its slices, a look of two seconds between.</param>
/// <param name="NextSolid">The same until its 3D is painted, surfaces with it if they are there.</param>
/// <param name="Jump">To a frame that was not prepared.</param>
/// <param name="Again">To a frame that was seen before.</param>
/// <param name="Slices">A slice of the file's own grid, from the server: XY, XZ, YZ.</param>
/// <param name="Heap">JavaScript of the page, greatest.</param>
/// <param name="Page">Resident memory of the page's process, greatest.</param>
/// <param name="Server">Resident memory of the server, greatest.</param>
/// <param name="Load">Load average at the start.</param>
internal sealed record ViewerFigures(
    List<double> FirstPicture, List<double> FirstWhole, List<double> Next, List<double> NextSolid, List<double> Jump, List<double> Again, double[] Slices, long Heap, long Page, long Server, string Load);
