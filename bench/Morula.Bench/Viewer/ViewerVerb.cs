using System.CommandLine;
using Morula.Volumes;

namespace Morula.Bench.Viewer;

/// <summary>bench viewer: how soon a large result is seen, and the memory that this takes on both sides.</summary>
internal static class ViewerVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Folder of the result; it is made where it is missing." };
        var extent = new Option<int[]>("--extent") { Description = "Voxels Z Y X, multiples of four.", DefaultValueFactory = _ => [200, 512, 512], AllowMultipleArgumentsPerToken = true, Arity = new ArgumentArity(3, 3) };
        var frames = new Option<int>("--frames") { Description = "Number of frames.", DefaultValueFactory = _ => 30 };
        var to = new Option<string?>("--out") { Description = "File of the page; bench/results/viewer.md if left out." };
        var command = new Command("viewer", "Measures the viewer on a large synthetic result, in headless Chromium.") { folder, extent, frames, to };
        command.SetAction(async (parsed, stop) =>
        {
            string path = parsed.GetValue(folder)!;
            new ViewerScene(new Extent(parsed.GetValue(extent)), parsed.GetValue(frames), seed: 1).Write(path);
            var measure = new ViewerMeasure(path, parsed.GetValue(frames));
            Repository.WriteResult(parsed.GetValue(to), "viewer.md", ViewerPage.Of(new Extent(parsed.GetValue(extent)), parsed.GetValue(frames), await measure.TakeAsync(stop)));
            return 0;
        });
        return command;
    }
}
