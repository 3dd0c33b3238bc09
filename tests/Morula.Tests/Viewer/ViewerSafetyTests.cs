using System.Net;
using System.Net.Sockets;
using System.Text;
using Morula.Tests.Formats;
using Morula.Viewer;
using Xunit;

namespace Morula.Tests.Viewer;

/// <summary>Who may ask the server for what, byte by byte over a socket, and that nothing that is sent brings it down.</summary>
public sealed class ViewerSafetyTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> faults = [];
    private ResultViewer viewer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Token => viewer.Address.AbsolutePath.Trim('/');

    private string Host => $"127.0.0.1:{viewer.Address.Port}";

    public async ValueTask InitializeAsync()
    {
        BlockMovie.Write(folder["movie"], 2);
        File.WriteAllText(folder["secret.txt"], "secret");
        File.WriteAllText(folder["movie/secret.txt"], "secret");
        viewer = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), new Said(faults), Stop);
    }

    [Fact]
    public void The_address_is_of_this_machine_alone_and_has_a_long_token()
    {
        Assert.True(viewer.Address.IsLoopback);
        Assert.Equal("127.0.0.1", viewer.Address.Host);
        Assert.Equal(32, Token.Length);
    }

    [Fact]
    public async Task Two_viewers_have_two_tokens_and_two_ports()
    {
        await using ResultViewer other = await ResultViewer.StartAsync(new ViewRequest(folder["movie"]), cancellation: Stop);
        Assert.NotEqual(viewer.Address.AbsolutePath, other.Address.AbsolutePath);
        Assert.NotEqual(viewer.Address.Port, other.Address.Port);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", 403)]
    [InlineData("GET /api/summary HTTP/1.1", 403)]
    [InlineData("GET /TOKEN HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/ HTTP/1.1", 200)]
    [InlineData("GET /token/ HTTP/1.1", 403)]
    [InlineData("GET /TOKENx/ HTTP/1.1", 403)]
    [InlineData("GET //TOKEN/ HTTP/1.1", 403)]
    [InlineData("GET /TOKEN/api/summary HTTP/1.1", 200)]
    [InlineData("GET /TOKEN/../movie/secret.txt HTTP/1.1", 403)]
    [InlineData("GET /TOKEN/secret.txt HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/..%2f..%2fsecret.txt HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/%2e%2e/secret.txt HTTP/1.1", 403)]
    [InlineData("GET /TOKEN/bundle/index.html HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/0/..%2f..%2fsecret.txt HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/-1 HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/2 HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/99999999999 HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/0/slice/labels/z/16 HTTP/1.1", 409)]
    [InlineData("GET /TOKEN/api/frame/0/slice/labels/t/0 HTTP/1.1", 404)]
    [InlineData("GET /TOKEN/api/frame/0/truth HTTP/1.1", 422)]
    [InlineData("POST /TOKEN/api/summary HTTP/1.1", 405)]
    [InlineData("PUT /TOKEN/api/edits HTTP/1.1", 405)]
    [InlineData("DELETE /TOKEN/api/edits HTTP/1.1", 405)]
    [InlineData("OPTIONS /TOKEN/api/edits HTTP/1.1", 405)]
    [InlineData("HEAD /TOKEN/ HTTP/1.1", 405)]
    [InlineData("POST /TOKEN/api/edits HTTP/1.1", 403)]
    public async Task What_is_not_part_of_the_result_is_refused(string line, int status) =>
        Assert.Equal(status, await StatusAsync($"{line.Replace("TOKEN", Token, StringComparison.Ordinal)}\r\nHost: {Host}\r\n"));

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:PORT", 403)]
    [InlineData("127.0.0.1", 403)]
    [InlineData("127.0.0.1:1", 403)]
    [InlineData("127.0.0.1.evil.example:PORT", 403)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("LOCALHOST:PORT", 200)]
    public async Task Other_names_of_the_server_are_refused(string host, int status) =>
        Assert.Equal(status, await StatusAsync($"GET /{Token}/ HTTP/1.1\r\nHost: {host.Replace("PORT", $"{viewer.Address.Port}", StringComparison.Ordinal)}\r\n"));

    [Theory]
    [InlineData("Content-Type: application/json", 409)]
    [InlineData("Content-Type: application/json\r\nOrigin: http://HOST", 409)]
    [InlineData("Content-Type: application/json\r\nOrigin: http://evil.example", 403)]
    [InlineData("Content-Type: application/json\r\nOrigin: null", 403)]
    [InlineData("Content-Type: text/plain", 403)]
    [InlineData("Content-Type: application/x-www-form-urlencoded", 403)]
    public async Task Edits_come_from_the_own_page_alone(string headers, int status) =>
        Assert.Equal(status, await StatusAsync($"POST /{Token}/api/edits HTTP/1.1\r\nHost: {Host}\r\nContent-Length: 2\r\n{headers.Replace("HOST", Host, StringComparison.Ordinal)}\r\n", "{}"));

    [Fact]
    public async Task Large_bodies_are_refused()
    {
        Assert.Equal(413, await StatusAsync($"POST /{Token}/api/edits HTTP/1.1\r\nHost: {Host}\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n", new string(' ', 1000)));
        Assert.False(File.Exists(folder["movie/edits.jsonl"]));
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_from_elsewhere()
    {
        using var client = new HttpClient();
        foreach (string path in new[] { "", "page.js", "api/summary", "nowhere", "../" })
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(viewer.Address, path), Stop);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Whatever_is_sent_it_goes_on()
    {
        var random = new Random(20);
        for (int round = 0; round < 250; round++)
        {
            byte[] request = Request(random);
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, viewer.Address.Port, Stop);
            try
            {
                await socket.GetStream().WriteAsync(request, Stop);
                socket.Client.Shutdown(SocketShutdown.Send);
                var answer = new byte[64];
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
                patience.CancelAfter(TimeSpan.FromSeconds(5));
                int length = await socket.GetStream().ReadAsync(answer, patience.Token);
                Assert.DoesNotContain(" 500 ", Encoding.Latin1.GetString(answer, 0, length));
            }
            catch (Exception hungUp) when (hungUp is IOException or SocketException or InvalidOperationException)
            {
                // It hung up on nonsense.
            }
        }

        Assert.Equal(200, await StatusAsync($"GET /{Token}/api/summary HTTP/1.1\r\nHost: {Host}\r\n"));
        Assert.Empty(faults);
    }

    public async ValueTask DisposeAsync()
    {
        await viewer.DisposeAsync();
        folder.Dispose();
    }

    // Pieces of true requests in true and untrue order, with bytes exchanged.
    private byte[] Request(Random random)
    {
        string[] methods = ["GET", "POST", "HEAD", "PUT", "G", "get"];
        string[] parts = ["api", "frame", "0", "1", "labels", "image", "cells", "meshes", "truth", "slice", "z", "y", "x", "..", "%2e%2e", "%00", "edits", "summary", "-1", "99999999999999999999", "page.js", "?a=b", "\u00e9", "//", "%", "a b", new string('a', 3000)];
        string[] bodies = ["", "{}", "{\"edit\":\"undo\"}", "{\"edit\":\"merge\",\"frame\":\"t000\",\"label\":-1,\"into\":2147483647}", "{\"edit\":\"split\",\"frame\":\"t000\",\"label\":1,\"seed\":[1],\"otherSeed\":[],\"newLabel\":1}", new string('[', 5000)];
        string path = string.Join('/', Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]));
        if (random.Next(3) == 0) path = "api/edits";
        string body = bodies[random.Next(bodies.Length)];
        string head = $"{methods[random.Next(methods.Length)]} /{(random.Next(8) == 0 ? "x" : Token)}/{path} HTTP/1.{random.Next(3)}\r\nHost: {Host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length + (random.Next(5) == 0 ? random.Next(-3, 9) : 0)}\r\nConnection: close\r\n\r\n";
        byte[] bytes = Encoding.UTF8.GetBytes(head + body);
        for (int change = random.Next(3) == 0 ? random.Next(6) : 0; change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private async Task<int> StatusAsync(string head, string body = "")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, viewer.Address.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{head}Connection: close\r\n\r\n{body}"), Stop);
        var answer = new byte[64];
        int length = await socket.GetStream().ReadAsync(answer, Stop);
        return int.Parse(Encoding.ASCII.GetString(answer, 0, length).Split(' ')[1]);
    }

    private sealed class Said(List<string> faults) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (faults) faults.Add(value);
        }
    }
}
