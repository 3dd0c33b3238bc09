using System.Text.Json;
using Morula.Correction;
using Morula.Tests.Formats;
using Morula.Viewer;
using Xunit;

namespace Morula.Tests.Viewer;

/// <summary>The page in a real browser: what is clicked in one place is lit in all, edits are kept, and names are names.</summary>
public sealed class BrowserTests : IDisposable
{
    private const int Frames = 30;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_movie_is_looked_at_selected_in_corrected_and_found_again()
    {
        Assert.SkipUnless(Chromium.IsThere, "Chromium is not installed (/usr/bin/chromium).");
        BlockMovie.Write(folder["movie"], Frames, "<img src=x onerror=alert(1)>");
        await using ResultViewer viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"], TruthPath: folder["movie"]), cancellation: Stop);
        await using Chromium browser = await Chromium.StartAsync(Stop);
        ChromiumPage page = await browser.OpenAsync(viewer.Address, Stop);
        await page.UntilAsync("document.body?.dataset.whole === '0'");
        await SelectsEverywhere(page);
        await Scrubs(page);
        await Edits(page);
        Assert.Equal("0", await page.TextAsync("document.querySelectorAll('img, script[src*=onerror], iframe').length"));
        Assert.Contains("<img src=x", await page.TextAsync("document.querySelector('.tree title').textContent"));
        Assert.Empty(page.Problems());
    }

    // A click in each pane lights the cell in all of them.
    private static async Task SelectsEverywhere(ChromiumPage page)
    {
        foreach (string pane in new[] { "XY", "XZ", "YZ" })
        {
            int index = Array.IndexOf(["XY", "XZ", "YZ"], pane);
            foreach (int label in new[] { 1, 4, 6 })
            {
                string before = await Pixels(page, pane);
                await page.AskAsync($"(morula.go({label}), morula.store.set({{ selected: 0 }}))");
                await page.UntilAsync("document.body.dataset.selected === '0'");
                await page.ClickAsync($"morula.slices[{index}].where(morula.store.state.data.cells.get({label}).centre)");
                await IsLitEverywhere(page, label);
                Assert.NotEqual(before, await Pixels(page, pane));
            }
        }

        JsonElement place = await page.AskAsync(
            "(() => { const b = morula.view3d.element.getBoundingClientRect(); for (let y = b.top + 20; y < b.bottom; y += 12) for (let x = b.left + 20; x < b.right; x += 12) { const label = morula.view3d.labelUnder(x, y); if (label === 2) return { x, y }; } })()");
        await page.ClickAsync(place.GetProperty("x").GetDouble(), place.GetProperty("y").GetDouble());
        await IsLitEverywhere(page, 2);
        await page.ClickAsync("morula.tree.where(5)");
        await IsLitEverywhere(page, 5);
        Assert.Equal("5", await page.TextAsync("document.querySelector('[data-cell]').dataset.cell"));
        Assert.Contains("µm³", await page.TextAsync("document.querySelector('.panel dl').textContent"));
    }

    private static async Task IsLitEverywhere(ChromiumPage page, int label)
    {
        await page.UntilAsync($"document.body.dataset.selected === '{label}'");
        foreach (string pane in new[] { "XY", "XZ", "YZ", "3D", "tree" }) await page.UntilAsync($"document.querySelector('[data-pane=\"{pane}\"]').dataset.lit === '{label}'");
    }

    // The slider goes to the end; cell 8 is then its daughters, who take its place in the tree.
    private static async Task Scrubs(ChromiumPage page)
    {
        foreach (int frame in new[] { 7, 20, Frames - 1 })
        {
            await page.AskAsync($"(() => {{ const time = document.getElementById('time'); time.value = {frame}; time.dispatchEvent(new Event('input')); }})()");
            await page.UntilAsync($"document.body.dataset.whole === '{frame}'");
            foreach (string pane in new[] { "XY", "XZ", "YZ", "3D" }) await page.UntilAsync($"document.querySelector('[data-pane=\"{pane}\"]').dataset.frame === '{frame}'");
        }

        await page.AskAsync("morula.go(9)");
        await IsLitEverywhere(page, 9);
        Assert.Equal("8", await page.TextAsync("[...document.querySelectorAll('.panel dt')].find(one => one.textContent === 'mother').nextSibling.textContent"));
        await page.PressAsync("5");
        await page.UntilAsync("document.querySelector('[data-fault=merged]')?.textContent === '0 merged'");
    }

    // Merges in a slice, splits by two points, takes one back, and finds the rest after a reload.
    private async Task Edits(ChromiumPage page)
    {
        await page.PressAsync("m");
        await page.ClickAsync("morula.slices[0].where(morula.store.state.data.cells.get(10).centre)");
        await page.UntilAsync("document.body.dataset.edits === '1' && document.body.dataset.whole !== '' && !morula.store.state.data.cells.has(10)");
        await page.UntilAsync("document.querySelector('[data-fault=merged]')?.textContent === '1 merged'");
        await page.AskAsync("morula.go(1)");
        await IsLitEverywhere(page, 1);
        await page.PressAsync("x");
        foreach (string offset in new[] { "-2.4", "2.4" })
            await page.ClickAsync($"(() => {{ const [z, y, x] = morula.store.state.data.cells.get(1).centre; return morula.slices[0].where([z, y, x + {offset}]); }})()");
        await page.UntilAsync("document.body.dataset.edits === '2' && morula.store.state.data.cells.has(11)");
        await page.PressAsync("z", control: true);
        await page.UntilAsync("document.body.dataset.edits === '1' && document.body.dataset.whole !== '' && !morula.store.state.data.cells.has(11)");
        await page.ReloadAsync();
        await page.UntilAsync("document.body?.dataset.whole === '0' && document.body.dataset.edits === '1'");
        Edit edit = Assert.Single(EditList.Read(folder["movie/edits.jsonl"]));
        Assert.Equal(new MergeEdit("t029", 10, 9), edit);
    }

    private static Task<string> Pixels(ChromiumPage page, string pane) =>
        page.TextAsync($"(() => {{ const c = document.querySelector('[data-pane=\"{pane}\"] canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let sum = 0; for (let i = 0; i < d.length; i++) sum = (sum * 31 + d[i]) % 1000003; return sum; }})()");

    public void Dispose() => folder.Dispose();
}
