using System.Globalization;

namespace Morula.Training;

/// <summary>Adds up how long the steps of a training waited for their crops.</summary>
internal sealed class WaitingTime
{
    private double waited;
    private double taken;

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Adds a step.</summary>
    /// <param name="waitedSeconds">Until its crops were there.</param>
    /// <param name="seconds">In all.</param>
    public void Add(double waitedSeconds, double seconds)
    {
        (waited, taken) = (waited + waitedSeconds, taken + seconds);
        Steps++;
    }

    /// <summary>In words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"waiting for data: {100 * waited / Math.Max(taken, 1e-9):0.0} % of the {taken:0.0} s of {Steps} steps");
}
