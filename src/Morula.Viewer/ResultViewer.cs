using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>
/// A server on a free port of the loopback interface that shows one result. Whoever asks must know the token in its address and must ask this machine by
/// name; nothing but the result is served, and nothing but its list of edits is written.
/// </summary>
public sealed class ResultViewer : IAsyncDisposable
{
    private const int TokenBytes = 16;
    private const int MostConnections = 64;
    private const int MostBodyBytes = 1 << 16;

    private readonly WebApplication server;
    private readonly Router router;

    private ResultViewer(WebApplication server, Router router, Uri address) => (this.server, this.router, Address) = (server, router, address);

    /// <summary>What to open in the browser.</summary>
    public Uri Address { get; }

    /// <summary>Opens the result and starts.</summary>
    /// <param name="request">What is shown.</param>
    /// <param name="faults">Told of requests that end in a fault of this program, or null.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="VolumeFormatException">There is no result, image or truth, or it cannot be read.</exception>
    /// <exception cref="IOException">No port can be had.</exception>
    public static async Task<ResultViewer> StartAsync(ViewRequest request, IProgress<string>? faults = null, CancellationToken cancellation = default)
    {
        var session = Session.Open(request);
        WebApplication server = Build();
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var router = new Router(session, token, faults);
        server.Run(router.HandleAsync);
        await server.StartAsync(cancellation);
        router.Prepare();
        string address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new ResultViewer(server, router, new Uri($"{address}/{token}/"));
    }

    /// <summary>Ends with the server, or when it is asked to stop.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await server.StopAsync(patience.Token);
        }
        finally
        {
            await server.DisposeAsync();
            router.Dispose();
        }
    }

    private static WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        return builder.Build();
    }
}
