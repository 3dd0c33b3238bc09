namespace Morula.Sharing;

/// <summary>The processes that an MPI launcher started.</summary>
internal sealed class MpiProcessGroup : IProcessGroup
{
    private readonly MpiLibrary mpi;
    private readonly MpiThread thread;

    // Gradients, and all that is said beside them: their orders do not depend on each other.
    private readonly nint sums;
    private readonly nint words;
    private bool left;

    private MpiProcessGroup(MpiLibrary mpi, MpiThread thread)
    {
        this.mpi = mpi;
        this.thread = thread;
        (Index, Count) = thread.Call(() =>
        {
            mpi.Begin();
            return (mpi.Index(), mpi.Count());
        });
        if (Count == 1) return;
        (sums, words) = thread.Call(() => (mpi.Duplicate(), mpi.Duplicate()));
    }

    /// <inheritdoc/>
    public int Index { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Joins the processes that a launcher started.</summary>
    /// <exception cref="PlatformNotSupportedException">No library is found, or it is not that of the launcher.</exception>
    public static MpiProcessGroup Join(Launcher launcher)
    {
        MpiLibrary mpi = MpiLibrary.Load(launcher);
        var group = new MpiProcessGroup(mpi, new MpiThread(mpi));
        if (group.Count == launcher.Count) return group;
        throw new PlatformNotSupportedException(
            $"{launcher.Name} started {launcher.Count} processes, but the MPI library found ({(mpi.IsOpenMpi ? "Open MPI" : "MPICH or its kin")}) sees {group.Count}: "
            + $"it is that of another launcher; name the right library in {Launcher.LibraryVariable}.");
    }

    /// <inheritdoc/>
    public IPendingSum StartSum(float[] values) => thread.Send(values, address => mpi.StartSum(address, values.Length, mpi.Floats, sums));

    /// <inheritdoc/>
    public void Sum(double[] values) => thread.Send(values, address => mpi.StartSum(address, values.Length, mpi.Doubles, words)).Wait();

    /// <inheritdoc/>
    public byte[] Broadcast(byte[] ofFirst)
    {
        double[] length = [Index == 0 ? ofFirst.Length : 0];
        Sum(length);
        byte[] bytes = Index == 0 ? ofFirst : new byte[(int)length[0]];
        thread.Send(bytes, address => mpi.StartBroadcast(address, bytes.Length, mpi.Bytes, words)).Wait();
        return bytes;
    }

    /// <inheritdoc/>
    public void Abort(int exitCode)
    {
        thread.Call(() =>
        {
            mpi.Abort(exitCode);
            return 0;
        });
        Environment.Exit(exitCode);
    }

    /// <summary>Leaves; returns when all processes do, so that one that failed must end all of them by <see cref="Abort"/> instead.</summary>
    public void Dispose()
    {
        if (left) return;
        left = true;
        thread.Call(() =>
        {
            mpi.End();
            return 0;
        });
        thread.End();
    }
}
