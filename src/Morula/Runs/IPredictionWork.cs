using Morula.Streaming;

namespace Morula.Runs;

/// <summary>A prediction in units that can be done in any order within their stage, each leaving a file, so that what is done is not done again.</summary>
internal interface IPredictionWork : IDisposable
{
    /// <summary>Number of units of a stage.</summary>
    int Units(PredictionStage stage);

    /// <summary>Whether a unit has left its file.</summary>
    bool IsDone(PredictionStage stage, int unit);

    /// <summary>Does units, whose earlier stages are done.</summary>
    /// <param name="stage">Of the units.</param>
    /// <param name="units">Their numbers, ascending.</param>
    /// <param name="cancellation">Stops between units or sooner.</param>
    /// <returns>The units, each when it is done.</returns>
    IEnumerable<int> Do(PredictionStage stage, IEnumerable<int> units, CancellationToken cancellation);
}
