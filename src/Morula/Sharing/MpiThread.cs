namespace Morula.Sharing;

/// <summary>
/// The one thread that calls MPI. Messages only move while MPI is called: it looks after them now and then while others compute, and
/// eagerly while somebody waits for one, since then a processor is free.
/// </summary>
internal sealed class MpiThread
{
    private const int EagerLooks = 2000;
    private const int RestMilliseconds = 1;
    private readonly MpiLibrary mpi;
    private readonly Thread thread;
    private readonly object gate = new();
    private readonly Queue<Action> orders = new();
    private readonly List<MpiMessage> messages = [];
    private int awaited;
    private bool ended;

    public MpiThread(MpiLibrary mpi)
    {
        this.mpi = mpi;
        thread = new Thread(Work) { IsBackground = true, Name = "mpi" };
        thread.Start();
    }

    /// <summary>Calls MPI, and waits for the answer.</summary>
    public T Call<T>(Func<T> call)
    {
        // An answer that never comes, of an MPI that has ended the process, is waited for all the same.
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Order(() =>
        {
            try
            {
                answer.SetResult(call());
            }
            catch (Exception fault)
            {
                answer.SetException(fault);
            }
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Begins a message.</summary>
    public MpiMessage Send(Array values, Func<nint, nint> start)
    {
        var message = new MpiMessage(this, values, start);
        Order(() =>
        {
            message.Start();
            messages.Add(message);
        });
        return message;
    }

    /// <summary>Waits for a message.</summary>
    public void Await(MpiMessage message, ManualResetEventSlim finished)
    {
        if (message.IsFinished) return;
        lock (gate)
        {
            awaited++;
            Monitor.Pulse(gate);
        }

        finished.Wait();
        lock (gate) awaited--;
    }

    /// <summary>Ends the thread when it has done what was ordered.</summary>
    public void End()
    {
        Order(() => ended = true);
        thread.Join();
    }

    private void Order(Action order)
    {
        lock (gate)
        {
            orders.Enqueue(order);
            Monitor.Pulse(gate);
        }
    }

    private void Work()
    {
        for (int idle = 0; !ended; idle++)
        {
            while (!ended && Next(idle) is { } order)
            {
                order();
                idle = 0;
            }

            if (messages.RemoveAll(message => message.Look(mpi)) > 0) idle = 0;
        }
    }

    // Nothing ordered: rests as long as that is no loss, and gives null where messages are to be looked after.
    private Action? Next(int idle)
    {
        lock (gate)
        {
            if (orders.TryDequeue(out Action? order)) return order;
            if (messages.Count == 0) Monitor.Wait(gate);
            else if (awaited == 0 || idle > EagerLooks) Monitor.Wait(gate, RestMilliseconds);
            orders.TryDequeue(out order);
            if (order is not null || messages.Count == 0) return order;
        }

        Thread.Yield();
        return null;
    }
}
