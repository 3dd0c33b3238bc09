using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Morula.Tests.Viewer;

/// <summary>A headless Chromium, spoken to by its DevTools protocol. Gone, with its profile, when disposed of.</summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1",
        "--window-size=1360,900", "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-dev-shm-usage", "--mute-audio",
    ];

    private readonly Process process;
    private readonly DirectoryInfo profile;

    private Chromium(Process process, DirectoryInfo profile, DevTools tools) => (this.process, this.profile, Tools) = (process, profile, tools);

    /// <summary>Whether it is installed.</summary>
    public static bool IsThere => File.Exists(Program);

    /// <summary>The connection.</summary>
    public DevTools Tools { get; }

    /// <summary>Starts it.</summary>
    public static async Task<Chromium> StartAsync(CancellationToken cancellation)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("morula-chromium-");
        var start = new ProcessStartInfo(Program, [.. Arguments, $"--user-data-dir={profile.FullName}", "about:blank"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} does not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            Uri address = await AddressAsync(process, cancellation);
            // What it says further is not of interest, but must be read.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Chromium(process, profile, await DevTools.ConnectAsync(address, cancellation));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Opens a page and waits until it is loaded.</summary>
    public Task<ChromiumPage> OpenAsync(Uri address, CancellationToken cancellation) => ChromiumPage.OpenAsync(Tools, address, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child is still writing; the folder of temporary files is cleaned by the system.
        }
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellation)
    {
        while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            Match match = Listening().Match(line);
            if (match.Success) return new Uri(match.Groups[1].Value);
        }

        throw new InvalidOperationException($"{Program} ended without a word.");
    }

    [GeneratedRegex("DevTools listening on (ws://\\S+)")]
    private static partial Regex Listening();
}
