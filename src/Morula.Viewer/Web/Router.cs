using System.Text;
using Microsoft.AspNetCore.Http;
using Morula.Correction;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>Answers requests: the page, what the result holds, and edits. Paths are names and numbers, never paths of files.</summary>
internal sealed class Router(Session session, string token, IProgress<string>? faults) : IDisposable
{
    /// <summary>Where edits are sent.</summary>
    public const string Edits = "api/edits";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly RequestGate gate = new(token);
    private readonly FrameRoutes frames = new(session);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        Harden(context.Response.Headers);
        if (gate.Refusal(context.Request, out string rest) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        Reply reply = await ReplyAsync(context, rest);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Type;
        context.Response.ContentLength = reply.Content.Length;
        if (reply.IsPacked) context.Response.Headers.ContentEncoding = "gzip";
        try
        {
            await context.Response.Body.WriteAsync(reply.Content, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The page no longer wants it.
        }
    }

    /// <summary>Makes ready what is asked for first.</summary>
    public void Prepare() => frames.Prepare();

    public void Dispose() => frames.Dispose();

    private async Task<Reply> ReplyAsync(HttpContext context, string rest)
    {
        try
        {
            if (HttpMethods.IsPost(context.Request.Method)) return await EditAsync(context);
            return PageFiles.TryGet(rest, out byte[] content, out string type) ? new Reply(content, type) : await AnswerAsync(rest, context.RequestAborted);
        }
        catch (EditException problem)
        {
            return Error(problem.Message, StatusCodes.Status409Conflict);
        }
        catch (Exception problem) when (problem is VolumeFormatException or IOException or UnauthorizedAccessException)
        {
            return Error(problem.Message, problem is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status422UnprocessableEntity);
        }
        catch (OperationCanceledException)
        {
            return Error("no longer wanted.", StatusCodes.Status408RequestTimeout);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            faults?.Report(fault.ToString());
            return Error("a fault of the program; the terminal says more.", StatusCodes.Status500InternalServerError);
        }
    }

    private async Task<Reply> AnswerAsync(string rest, CancellationToken cancellation)
    {
        string[] parts = rest.Split('/');
        return parts switch
        {
            ["api", "summary"] => Reply.Json(await Task.Run(() => Summary.Of(session.Refresh()), cancellation)),
            ["api", "frame", var index, .. var what] => await frames.AnswerAsync(index, what, cancellation),
            _ => Error("there is nothing here.", StatusCodes.Status404NotFound),
        };
    }

    private async Task<Reply> EditAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        return Reply.Json(await Task.Run(() => Summary.Of(session.Edit(EditList.Parse(text)))));
    }

    internal static Reply Error(string message, int status) => Reply.Json(new { error = message }, status);

    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
