using System.Globalization;
using Morula.Volumes;

namespace Morula.Bench.Viewer;

/// <summary>The page of results.</summary>
internal static class ViewerPage
{
    public static string Of(Extent extent, int frames, ViewerFigures figures)
    {
        var table = new MarkdownTable("measure", "median", "worst", "wanted", "");
        Time("first picture", figures.FirstPicture, 3000);
        Time("first frame with surfaces", figures.FirstWhole, null);
        Time("next frame", figures.Next, 300);
        Time("next frame in 3D", figures.NextSolid, null);
        Time("a frame that was not prepared", figures.Jump, null);
        Time("a frame seen before", figures.Again, null);
        Bytes("memory of the page's process", figures.Page, 1L << 30);
        Bytes("of it, JavaScript", figures.Heap, null);
        Bytes("memory of the server", figures.Server, 500L << 20);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # A large result in the viewer

                dotnet run -c Release --project bench/Morula.Bench -- viewer /tmp/large-result

            {frames} frames of {extent} voxels (Z Y X): images of 8 bits, labels of 16, TIFF packed by deflate, some 90 to 105 cells; `morula view` and headless Chromium
            (WebGL by SwiftShader, on the processor) on one machine. {Environment.ProcessorCount} processors, load average {figures.Load} at the start. Times in milliseconds; a picture is there when
            its slices have been painted; 3D, which waits for what draws it, follows. Next frames are looked at for two seconds each, while the server prepares three more.

            {table}
            A slice of the file's own grid, image and labels, takes the server {figures.Slices[0]:0} ms (XY), {figures.Slices[1]:0} ms (XZ) and {figures.Slices[2]:0} ms (YZ); until it is there the page shows that of the coarse grid.

            """);

        void Time(string name, List<double> times, double? wanted) => table.Add(
            name, $"{Median(times):0}", $"{times.Max():0}", wanted is { } most ? $"< {most:0}" : "", wanted is null ? "" : $"kept {times.Count(time => time < wanted)} times of {times.Count}");

        void Bytes(string name, long bytes, long? wanted) =>
            table.Add(name, "", $"{bytes >> 20} MiB", wanted is { } most ? $"< {most >> 20} MiB" : "", wanted is null ? "" : bytes < wanted ? "kept" : "missed");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
