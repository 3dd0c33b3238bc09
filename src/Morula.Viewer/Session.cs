using Morula.Correction;
using Morula.Formats;

namespace Morula.Viewer;

/// <summary>The result that is shown, as it is now: it may still be written, and edits change it.</summary>
internal sealed class Session
{
    private readonly Lock gate = new();
    private readonly ViewRequest request;
    private readonly Dictionary<(Edit, string), PatchStep> steps = [];
    private SessionState state;

    private Session(ViewRequest request) => (this.request, state) = (request, SessionState.Read(request, 1));

    /// <summary>The newest state that is known.</summary>
    public SessionState State => state;

    /// <summary>Opens a result and remembers beside it what is said of it for the first time.</summary>
    public static Session Open(ViewRequest request)
    {
        var session = new Session(request);
        if (request.ImagePath is not null || request.TruthPath is not null) session.State.Record.Save(session.State.Corrected.Result);
        return session;
    }

    /// <summary>Looks whether more has been written.</summary>
    public SessionState Refresh()
    {
        lock (gate)
        {
            if (SessionState.StampOf(request) != state.Stamp) state = SessionState.Read(request, state.Revision + 1);
            return state;
        }
    }

    /// <summary>Applies an edit and writes it down.</summary>
    /// <exception cref="EditException">It does not fit.</exception>
    public SessionState Edit(Edit edit)
    {
        lock (gate)
        {
            if (SessionState.StampOf(request) != state.Stamp) state = SessionState.Read(request, state.Revision + 1);
            if (!state.CanEdit) throw new EditException("the tracks or the edits of this result do not fit together; the note above says why.");
            SegmentedResult result = state.Corrected.Result;
            if (edit is SplitEdit split) edit = split with { NewLabel = FreeLabel(split) };
            var corrected = new CorrectedResult(result, EditList.With(state.Corrected.Edits, edit));
            SessionState next = state with { Corrected = corrected, Revision = state.Revision + 1 };
            foreach (FrameFile frame in result.Labels.All.Where(frame => edit is SplitEdit cut && cut.Frame == frame.Name)) Check(next, frame);
            EditList.Append(result.EditsPath, edit);
            return state = next with { Stamp = SessionState.StampOf(request) };
        }
    }

    /// <summary>The changes of the labels of a frame.</summary>
    public IReadOnlyList<PatchStep> StepsOf(SessionState of, FrameFile frame, VolumeSource labels, VolumeSource? image)
    {
        lock (steps) return of.Corrected.StepsOf(frame, labels, image, steps);
    }

    private void Check(SessionState next, FrameFile frame)
    {
        using VolumeSource labels = frame.OpenLabels();
        using VolumeSource? image = next.ImageOf(frame)?.OpenImage();
        StepsOf(next, frame, labels, image);
    }

    private int FreeLabel(SplitEdit split)
    {
        FrameFile frame = state.Corrected.Result.Labels.All.FirstOrDefault(one => one.Name == split.Frame) ?? throw new EditException($"there is no frame '{split.Frame}'.");
        using VolumeSource labels = frame.OpenLabels();
        return Math.Max(state.Corrected.MostLabel, new PatchedLabels(labels, null, []).MostLabel()) + 1;
    }
}
