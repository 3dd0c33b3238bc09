using Morula.Tracking;

namespace Morula.Comparison;

/// <summary>Does what a request says, in this process: what the hidden verb of the command calls.</summary>
public static class MemberRun
{
    /// <summary>Trains, or predicts and judges. A training that was begun goes on.</summary>
    /// <param name="requestPath">File of a <see cref="MemberRequest"/>.</param>
    /// <param name="solver">Chooses the links of a movie's cells.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">It was asked to stop; the same request goes on.</exception>
    public static void Run(string requestPath, ILinkSolver solver, TimeProvider clock, IProgress<MemberProgress> progress, CancellationToken cancellation)
    {
        MemberRequest request = MemberRequest.Read(requestPath);
        if (request.IsClassical && request.Stage == MemberStage.Train) ClassicalStages.Tune(request, clock, progress, cancellation);
        else if (request.IsClassical) ClassicalStages.Predict(request, solver, clock, progress, cancellation);
        else if (request.Stage == MemberStage.Train) NetworkStages.Train(request, clock, progress, cancellation);
        else NetworkStages.Predict(request, solver, clock, progress, cancellation);
    }
}
