namespace Morula.Sharing;

/// <summary>A group of one: every sum is what is summed.</summary>
public sealed class SingleProcess : IProcessGroup
{
    /// <inheritdoc/>
    public int Index => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public IPendingSum StartSum(float[] values) => new Nothing();

    /// <inheritdoc/>
    public void Sum(double[] values)
    {
        // The sum of one is the one.
    }

    /// <inheritdoc/>
    public byte[] Broadcast(byte[] ofFirst) => ofFirst;

    /// <inheritdoc/>
    public void Abort(int exitCode) => Environment.Exit(exitCode);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Nothing : IPendingSum
    {
        public void Wait()
        {
            // There is nobody to wait for.
        }
    }
}
