namespace Morula.Cli;

/// <summary>Tells what happens during a run. May be called from any thread; disposing ends a kind of step, after which another may begin.</summary>
internal interface IProgressTeller : IDisposable
{
    /// <summary>Tells that a step is done.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="total">Steps to do.</param>
    /// <param name="values">Values worth seeing, such as losses, by name.</param>
    /// <param name="caption">Words in the place of the step.</param>
    void Report(long step, long total, IReadOnlyDictionary<string, double>? values = null, string? caption = null);

    /// <summary>Tells something worth a line that stays, such as a result of validation.</summary>
    void Say(string text);

    /// <summary>Tells, to those who asked for more, what was chosen and why.</summary>
    void Detail(string text);
}
