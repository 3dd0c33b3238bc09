using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Morula.Tests.Viewer;

/// <summary>Sends commands of the DevTools protocol over a web socket and hands back their results.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private Task reading = Task.CompletedTask;
    private int last;

    /// <summary>Events of pages, such as messages of their consoles, in their order.</summary>
    public ConcurrentQueue<JsonElement> Events { get; } = new();

    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var tools = new DevTools();
        await tools.socket.ConnectAsync(address, cancellation);
        tools.reading = tools.ReadAsync();
        return tools;
    }

    /// <summary>Sends a command.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="session">The page it is for; null: the browser.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<JsonElement> SendAsync(string method, JsonObject? arguments, string? session, CancellationToken cancellation)
    {
        int id = Interlocked.Increment(ref last);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = arguments ?? [] };
        if (session is not null) message["sessionId"] = session;
        TaskCompletionSource<JsonElement> answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        socket.Dispose();
        stop.Dispose();
        sending.Dispose();
    }

    private async Task ReadAsync()
    {
        var part = new byte[1 << 16];
        using var message = new MemoryStream();
        while (!stop.IsCancellationRequested)
        {
            WebSocketReceiveResult received = await socket.ReceiveAsync(part, stop.Token);
            message.Write(part, 0, received.Count);
            if (!received.EndOfMessage) continue;
            Take(JsonDocument.Parse(message.ToArray()).RootElement);
            message.SetLength(0);
        }
    }

    private void Take(JsonElement message)
    {
        if (!message.TryGetProperty("id", out JsonElement id))
        {
            Events.Enqueue(message);
            return;
        }

        if (!waiting.TryRemove(id.GetInt32(), out TaskCompletionSource<JsonElement>? answer)) return;
        if (message.TryGetProperty("error", out JsonElement error)) answer.SetException(new InvalidOperationException(error.ToString()));
        else answer.SetResult(message.GetProperty("result"));
    }
}
