using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Morula.Viewer;

/// <summary>Who may ask for what: only one who knows the token, calls the server by the name of this machine, and comes from its own page.</summary>
internal sealed class RequestGate(string token)
{
    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "[::1]"];

    private readonly byte[] expected = Encoding.ASCII.GetBytes(token);

    /// <summary>The status that a request is refused with; null where it may pass.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rest">The path behind the token, without its leading slash.</param>
    public int? Refusal(HttpRequest request, out string rest)
    {
        rest = string.Empty;
        // A page of another site that had its name point to this machine would call the server by that name.
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) || request.Host.Port != request.HttpContext.Connection.LocalPort) return StatusCodes.Status403Forbidden;
        string path = request.Path.Value ?? string.Empty;
        int end = path.IndexOf('/', Math.Min(1, path.Length));
        string given = path.Length == 0 ? string.Empty : end < 0 ? path[1..] : path[1..end];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected)) return StatusCodes.Status403Forbidden;
        if (end < 0) return StatusCodes.Status404NotFound;
        rest = path[(end + 1)..];
        if (HttpMethods.IsGet(request.Method)) return null;
        if (rest != Router.Edits || !HttpMethods.IsPost(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        return IsOwnPage(request) ? null : StatusCodes.Status403Forbidden;
    }

    // Forms of other sites cannot send JSON, and browsers name the site that a script comes from.
    private static bool IsOwnPage(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) return false;
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || origin.Equals($"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
