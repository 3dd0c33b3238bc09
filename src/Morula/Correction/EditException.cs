namespace Morula.Correction;

/// <summary>A correction does not fit what it corrects. The message is one sentence that says why.</summary>
public sealed class EditException : Exception
{
    /// <summary>Says what does not fit.</summary>
    public EditException(string problem)
        : base(problem)
    {
    }
}
