namespace Morula.Sharing;

/// <summary>
/// Processes that do one task together, on one machine or many (the ranks of an MPI job). What is called a sum or a broadcast is done
/// by all of them, in the same order, or none of them goes on.
/// </summary>
public interface IProcessGroup : IDisposable
{
    /// <summary>Number of this process, from 0; the first one writes files and speaks.</summary>
    int Index { get; }

    /// <summary>Number of processes.</summary>
    int Count { get; }

    /// <summary>Begins to put the sums over all processes into the place of the values, which are not to be touched until it is over.</summary>
    IPendingSum StartSum(float[] values);

    /// <summary>Puts the sums over all processes into the place of the values.</summary>
    void Sum(double[] values);

    /// <summary>What the first process gives; what the others give is not looked at.</summary>
    byte[] Broadcast(byte[] ofFirst);

    /// <summary>Ends all processes at once, this one included, with an exit code.</summary>
    void Abort(int exitCode);
}
