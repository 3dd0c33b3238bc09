using System.CommandLine;
using System.Diagnostics;
using Morula.Formats;
using Morula.Tests.Viewer;

namespace Morula.Bench.Viewer;

/// <summary>bench viewer-picture: the page as it looks, for the manual.</summary>
internal static class ViewerPictureVerb
{
    private static readonly Argument<string> Result = new("result") { Description = "What is shown; the images and the truth it was shown with before." };

    private static readonly Argument<string> Picture = new("picture") { Description = "PNG file." };

    private static readonly Option<int> Frame = new("--frame") { Description = "From 0." };

    private static readonly Option<int> Cell = new("--cell") { Description = "The selected cell; 0 is none." };

    private static readonly Option<string[]> Keys = new("--keys") { Description = "Keys that are pressed one after the other.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("viewer-picture", "Takes a picture of a result in the viewer, in headless Chromium.") { Result, Picture, Frame, Cell, Keys };
        command.SetAction(async (parsed, stop) =>
        {
            using Process server = ViewerServer.Start(parsed.GetValue(Result)!);
            try
            {
                var address = new Uri((await server.StandardOutput.ReadLineAsync(stop))!);
                await using Chromium browser = await Chromium.StartAsync(stop);
                byte[] picture = await TakeAsync(await browser.OpenAsync(address, stop), parsed, stop);
                AtomicFile.Write(parsed.GetValue(Picture)!, stream => stream.Write(picture));
            }
            finally
            {
                server.Kill(entireProcessTree: true);
            }

            return 0;
        });
        return command;
    }

    private static async Task<byte[]> TakeAsync(ChromiumPage page, ParseResult parsed, CancellationToken stop)
    {
        await page.UntilAsync("document.body?.dataset.whole === '0'");
        int frame = parsed.GetValue(Frame);
        await page.AskAsync($"morula.show({frame})");
        await page.UntilAsync($"document.body.dataset.whole === '{frame}'");
        if (parsed.GetValue(Cell) is > 0 and int cell) await page.AskAsync($"morula.go({cell})");
        foreach (string key in parsed.GetValue(Keys)!) await page.PressAsync(key);
        // Slices of the file's own grid come a moment after those of the coarse one.
        await Task.Delay(TimeSpan.FromSeconds(4), stop);
        return await page.PictureAsync();
    }
}
