using System.Globalization;
using Microsoft.AspNetCore.Http;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>Answers what is asked of one frame: api/frame/INDEX and what stands behind it.</summary>
internal sealed class FrameRoutes(Session session) : IDisposable
{
    private static readonly string[] Axes = ["z", "y", "x"];

    private const int Ahead = 3;

    private readonly FrameStore store = new(session);

    /// <summary>Makes the first frame before it is asked for.</summary>
    public void Prepare() => store.Prepare(session.State, 0, 1);

    /// <summary>Answers a request.</summary>
    /// <param name="index">Place of the frame, from 0.</param>
    /// <param name="what">What is asked: nothing for its grids, labels, image, truth, cells, meshes, missed (surfaces of true cells), or slice/KIND/AXIS/INDEX.</param>
    /// <param name="cancellation">The page wants it no longer.</param>
    public async Task<Reply> AnswerAsync(string index, string[] what, CancellationToken cancellation)
    {
        SessionState state = session.State;
        if (!TryNumber(index, out int place) || place >= state.Frames.Count) return Nothing();
        FrameFile frame = state.Frames[place];
        switch (what)
        {
            case []:
                return Reply.Json(await Task.Run(() => FrameView.Of(state, frame), cancellation));
            case ["labels" or "truth" or "image" or "cells" or "meshes" or "missed"]:
                Reply reply = await store.PartAsync(state, frame, what[0]);
                if (what[0] == "meshes") store.Prepare(state, place + 1, Ahead);
                return reply;
            case ["slice", "labels" or "truth" or "image", "z" or "y" or "x", var text] when TryNumber(text, out int slice):
                return await Task.Run(() => store.Slice(state, frame, what[1], Array.IndexOf(Axes, what[2]), slice), cancellation);
            default:
                return Nothing();
        }
    }

    public void Dispose() => store.Dispose();

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Reply Nothing() => Router.Error("there is nothing here.", StatusCodes.Status404NotFound);
}
