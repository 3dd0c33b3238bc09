using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Morula.Tests.Viewer;

/// <summary>A page in Chromium: asks it, clicks in it, presses keys.</summary>
internal sealed class ChromiumPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DevTools tools;
    private readonly string session;
    private readonly CancellationToken cancellation;

    private ChromiumPage(DevTools tools, string session, CancellationToken cancellation) => (this.tools, this.session, this.cancellation) = (tools, session, cancellation);

    public static async Task<ChromiumPage> OpenAsync(DevTools tools, Uri address, CancellationToken cancellation)
    {
        JsonElement target = await tools.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null, cancellation);
        JsonElement attached = await tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true }, null, cancellation);
        var page = new ChromiumPage(tools, attached.GetProperty("sessionId").GetString()!, cancellation);
        await page.SendAsync("Page.enable");
        await page.SendAsync("Runtime.enable");
        await page.SendAsync("Log.enable");
        await page.SendAsync("Page.navigate", new JsonObject { ["url"] = address.AbsoluteUri });
        return page;
    }

    /// <summary>What went wrong in the page: exceptions and errors of its console.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. tools.Events.Where(message => message.GetProperty("method").GetString() is "Runtime.exceptionThrown" or "Log.entryAdded")
            .Where(message => !message.ToString().Contains("\"level\":\"info\"") && !message.ToString().Contains("\"level\":\"warning\"") && !message.ToString().Contains("\"level\":\"verbose\""))
            .Select(message => message.ToString()),
    ];

    public Task<JsonElement> SendAsync(string method, JsonObject? arguments = null) => tools.SendAsync(method, arguments, session, cancellation);

    /// <summary>The value of an expression.</summary>
    public async Task<JsonElement> AskAsync(string expression)
    {
        JsonElement answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        if (answer.TryGetProperty("exceptionDetails", out JsonElement fault)) throw new InvalidOperationException($"{expression}: {fault}");
        JsonElement result = answer.GetProperty("result");
        return result.TryGetProperty("value", out JsonElement value) ? value : default;
    }

    public async Task<string> TextAsync(string expression) => (await AskAsync($"String({expression})")).GetString()!;

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var watch = Stopwatch.StartNew();
        while ((await AskAsync($"Boolean({expression})")).ValueKind != JsonValueKind.True)
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"{expression} does not come true; {string.Join("; ", Problems())}");
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Clicks at a place that an expression gives as { x, y } in CSS pixels.</summary>
    public async Task ClickAsync(string place)
    {
        JsonElement at = await AskAsync(place);
        await ClickAsync(at.GetProperty("x").GetDouble(), at.GetProperty("y").GetDouble());
    }

    public async Task ClickAsync(double x, double y)
    {
        foreach (string kind in new[] { "mousePressed", "mouseReleased" })
            await SendAsync("Input.dispatchMouseEvent", new JsonObject { ["type"] = kind, ["x"] = x, ["y"] = y, ["button"] = "left", ["buttons"] = kind == "mousePressed" ? 1 : 0, ["clickCount"] = 1 });
    }

    /// <summary>Presses a key: m, Delete, z with control.</summary>
    public async Task PressAsync(string key, bool control = false)
    {
        foreach (string kind in new[] { "keyDown", "keyUp" })
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = kind, ["key"] = key, ["modifiers"] = control ? 2 : 0 });
    }

    public Task ReloadAsync() => SendAsync("Page.reload");

    /// <summary>A picture of the page, as PNG.</summary>
    public async Task<byte[]> PictureAsync() => (await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" })).GetProperty("data").GetBytesFromBase64();
}
