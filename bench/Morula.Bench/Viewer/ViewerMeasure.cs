using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Morula.Tests.Viewer;

namespace Morula.Bench.Viewer;

/// <summary>Runs <c>morula view</c> and a browser, and looks at the clock.</summary>
internal sealed class ViewerMeasure(string folder, int frames)
{
    private const int Starts = 3;

    private const string Solid = "morula.view3d.element.dataset.frame !== String(morula.store.state.data.view.number)";

    private const string Picture = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";

    /// <summary>Takes all measures.</summary>
    public async Task<ViewerFigures> TakeAsync(CancellationToken stop)
    {
        var figures = new ViewerFigures([], [], [], [], [], [], new double[3], 0, 0, 0, File.ReadAllText("/proc/loadavg").Trim());
        for (int start = 0; start < Starts; start++) figures = await StartAsync(figures, start == Starts - 1, stop);
        return figures;
    }

    private async Task<ViewerFigures> StartAsync(ViewerFigures figures, bool isLast, CancellationToken stop)
    {
        using Process server = ViewerServer.Start(folder);
        try
        {
            var address = new Uri((await server.StandardOutput.ReadLineAsync(stop))!);
            await using Chromium browser = await Chromium.StartAsync(stop);
            ChromiumPage page = await browser.OpenAsync(address, stop);
            await page.UntilAsync("document.body?.dataset.whole === '0'");
            figures.FirstWhole.Add((await page.AskAsync("performance.now()")).GetDouble());
            figures.FirstPicture.Add(double.Parse(await page.TextAsync("document.body.dataset.first"), CultureInfo.InvariantCulture));
            return isLast ? await WalkAsync(figures, browser, page, server, stop) : figures;
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private async Task<ViewerFigures> WalkAsync(ViewerFigures figures, Chromium browser, ChromiumPage page, Process server, CancellationToken stop)
    {
        var (heap, resident) = (0L, 0L);
        for (int frame = 1; frame < frames; frame++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), stop);
            bool isJump = frame > frames * 2 / 3;
            // Jumps go back and forth, so that nothing has been made ahead.
            int target = isJump ? (frame % 2 == 0 ? frame : frames - 1 - (frame - (frames * 2 / 3))) : frame;
            var (slices, solid) = await ShowAsync(page, target);
            (isJump ? figures.Jump : figures.Next).Add(slices);
            if (!isJump) figures.NextSolid.Add(solid);
            heap = Math.Max(heap, (await page.AskAsync("performance.memory.usedJSHeapSize")).GetInt64());
            resident = Math.Max(resident, await ResidentAsync(browser, stop));
        }

        for (int frame = frames - 1; frame > frames - 6; frame--) figures.Again.Add((await ShowAsync(page, frame)).Slices);
        // Until no frame is made ahead any more.
        await Task.Delay(TimeSpan.FromSeconds(5), stop);
        for (int axis = 0; axis < 3; axis++) figures.Slices[axis] = await SliceAsync(page, axis);
        return figures with { Heap = heap, Page = resident, Server = Peak(server) };
    }

    private static async Task<(double Slices, double Solid)> ShowAsync(ChromiumPage page, int frame)
    {
        JsonElement times = await page.AskAsync(
            $"(async () => {{ const start = performance.now(); await morula.show({frame}); {Picture}; const slices = performance.now() - start; while ({Solid}) {Picture}; return [slices, performance.now() - start]; }})()");
        return (times[0].GetDouble(), times[1].GetDouble());
    }

    private static async Task<double> SliceAsync(ChromiumPage page, int axis) => (await page.AskAsync(
        $"(async () => {{ const start = performance.now(); for (const kind of ['image', 'labels']) await (await fetch('api/frame/2/slice/' + kind + '/{"zyx"[axis]}/77')).arrayBuffer(); return performance.now() - start; }})()")).GetDouble();

    private static async Task<long> ResidentAsync(Chromium browser, CancellationToken stop)
    {
        JsonElement told = await browser.Tools.SendAsync("SystemInfo.getProcessInfo", null, null, stop);
        return told.GetProperty("processInfo").EnumerateArray().Where(process => process.GetProperty("type").GetString() == "renderer")
            .Max(process => Status(process.GetProperty("id").GetInt32(), "VmRSS"));
    }

    private static long Peak(Process process) => Status(process.Id, "VmHWM");

    private static long Status(int id, string name) => 1024 * long.Parse(
        File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
