using System.Runtime.InteropServices;

namespace Morula.Sharing;

/// <summary>Values that go through MPI, held in place until they are there.</summary>
internal sealed class MpiMessage : IPendingSum
{
    private readonly MpiThread thread;
    private readonly Func<nint, nint> start;
    private readonly ManualResetEventSlim finished = new();
    private GCHandle held;
    private nint request;

    /// <summary>Prepares a message.</summary>
    /// <param name="thread">Sends it.</param>
    /// <param name="values">An array of numbers.</param>
    /// <param name="start">From the address of the values to a request.</param>
    public MpiMessage(MpiThread thread, Array values, Func<nint, nint> start)
    {
        this.thread = thread;
        this.start = start;
        held = GCHandle.Alloc(values, GCHandleType.Pinned);
    }

    /// <summary>Whether it is there.</summary>
    public bool IsFinished => finished.IsSet;

    /// <summary>Begins, on the thread of MPI.</summary>
    public void Start() => request = start(held.AddrOfPinnedObject());

    /// <summary>Looks whether it is there, on the thread of MPI.</summary>
    public bool Look(MpiLibrary mpi)
    {
        if (!mpi.IsDone(ref request)) return false;
        held.Free();
        finished.Set();
        return true;
    }

    /// <inheritdoc/>
    public void Wait() => thread.Await(this, finished);
}
