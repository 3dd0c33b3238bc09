namespace Morula.Diagnosis;

/// <summary>One look at the machine.</summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Mend">What to do where it does not work.</param>
/// <param name="Look">Gives what was found, or throws where it does not work.</param>
internal sealed record Check(string Subject, string Mend, Func<Check, Finding> Look)
{
    /// <summary>Looks; whatever goes wrong is a finding.</summary>
    public Finding Do()
    {
        try
        {
            return Look(this);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Exception cause = fault.GetBaseException();
            return Failure($"{cause.GetType().Name}: {string.Join(' ', cause.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");
        }
    }

    public Finding Ok(string found) => new(Subject, FindingState.Ok, found);

    public Finding Warning(string found, string? mend = null) => new(Subject, FindingState.Warning, found, mend ?? Mend);

    public Finding Failure(string found, string? mend = null) => new(Subject, FindingState.Failure, found, mend ?? Mend);
}
