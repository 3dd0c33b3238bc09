using Morula.Fitting;
using Morula.Runs;
using Xunit;

namespace Morula.Tests.Fitting;

/// <summary>Recommendations for a data set, always from the same draw of images.</summary>
internal static class Fitted
{
    public static Recommendation To(string data, string preset = "lean", int images = FittingRun.MostImages) =>
        FittingRun.Recommend(data, preset, images, seed: 5, cancellation: TestContext.Current.CancellationToken);
}
