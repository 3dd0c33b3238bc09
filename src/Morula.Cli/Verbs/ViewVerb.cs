using System.CommandLine;
using Morula.Viewer;

namespace Morula.Cli.Verbs;

/// <summary>morula view: a result in the browser.</summary>
internal static class ViewVerb
{
    private static readonly Argument<string> Result = new("result") { Description = "Folder that predict or track wrote, a data set, or a label volume." };

    private static readonly Option<string?> Image = new("--image") { Description = "The image, or the folder of images; remembered beside the result.", HelpName = "path" };

    private static readonly Option<string?> Truth = new("--truth") { Description = "True labels to compare with: a data set, a folder of label volumes, or one; remembered too.", HelpName = "path" };

    private static readonly Option<bool> NoBrowser = new("--no-browser") { Description = "Prints the address and opens nothing." };

    public static Verb Create() => Verb.Create(
        "view",
        "Shows a result in the browser: slices, cells in 3D, lineage; cells can be corrected by hand.",
        [
            new VerbExample("view found --image frames/", "a movie that predict found, over its images"),
            new VerbExample("view tracked", "again, with the images it was shown with before"),
            new VerbExample("view cells --image raw/ --truth labels/", "beside the truth, with what is missed, extra, split and merged"),
        ],
        [Result, Image, Truth, NoBrowser],
        context => RunAsync(context).GetAwaiter().GetResult());

    private static async Task RunAsync(VerbContext context)
    {
        var request = new ViewRequest(context.Value(Result), context.Value(Image), context.Value(Truth));
        await using ResultViewer viewer = await ResultViewer.StartAsync(request, new Faults(context.Error), context.Stop);
        context.Result(new { address = viewer.Address }, $"{viewer.Address}");
        context.Output.Flush();
        context.Progress.Say("Ctrl-C ends it.");
        if (!context.Value(NoBrowser) && !Browser.TryOpen(viewer.Address)) context.Progress.Say("no browser could be started; open the address above.");
        await viewer.WaitAsync(context.Stop);
    }

    private sealed class Faults(TextWriter error) : IProgress<string>
    {
        public void Report(string value) => error.WriteLine($"morula: a fault of the program; please report it with the lines below.\n{value}");
    }
}
