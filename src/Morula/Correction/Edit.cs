using System.Text.Json.Serialization;

namespace Morula.Correction;

/// <summary>One correction of a result by hand: a line of an edit list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "edit")]
[JsonDerivedType(typeof(MergeEdit), "merge")]
[JsonDerivedType(typeof(SplitEdit), "split")]
[JsonDerivedType(typeof(DeleteEdit), "delete")]
[JsonDerivedType(typeof(LinkEdit), "link")]
[JsonDerivedType(typeof(UnlinkEdit), "unlink")]
[JsonDerivedType(typeof(UndoEdit), "undo")]
public abstract record Edit
{
    /// <summary>Whether it changes the labels of a frame.</summary>
    /// <param name="frames">Names of the frames in their order.</param>
    /// <param name="frame">Name of the frame.</param>
    internal virtual bool Changes(FrameOrder frames, string frame) => false;

    /// <summary>What it makes of the labels of a frame that it changes.</summary>
    /// <param name="frame">The frame as the edits before leave it.</param>
    /// <exception cref="EditException">It does not fit the labels.</exception>
    internal virtual PatchStep StepFor(PatchedLabels frame) => throw new InvalidOperationException($"{GetType().Name} changes no labels.");

    /// <summary>What it makes of the tracks.</summary>
    /// <exception cref="EditException">It does not fit the tracks.</exception>
    internal abstract void Apply(TrackDraft tracks);
}
