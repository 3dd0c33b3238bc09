using Morula.Measuring;

namespace Morula.Samples;

/// <summary>
/// Makes samples on background threads, a few ahead of their use, and hands them out in order of index. What goes wrong in
/// making a sample is thrown where that sample would be handed out.
/// </summary>
public sealed class Prefetcher : IDisposable
{
    private readonly Func<long, Sample> make;
    private readonly Thread[] workers;
    private readonly Queue<Task<Sample>> inOrder = new();
    private readonly Queue<Task<Sample>> waiting = new();
    private readonly object gate = new();
    private readonly CancellationTokenSource cancelled = new();
    private long next;
    private bool stopped;

    /// <summary>Starts making samples from index <paramref name="first"/>.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="first">Index of the first sample, from 0.</param>
    /// <param name="ahead">Samples made before they are asked for, at least 1; each takes its memory.</param>
    /// <param name="threads">Threads that make them, at least 1. Their number does not change any sample.</param>
    public Prefetcher(SampleSource source, long first, int ahead, int threads)
        : this(source.Get, first, ahead, threads)
    {
    }

    internal Prefetcher(Func<long, Sample> make, long first, int ahead, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.make = make;
        next = first;
        while (inOrder.Count < ahead) Order();
        workers = [.. Enumerable.Range(0, Math.Min(threads, ahead)).Select(_ => new Thread(Work) { IsBackground = true, Name = "samples" })];
        foreach (Thread worker in workers) worker.Start();
    }

    /// <summary>The next sample; waits until it is made.</summary>
    public Sample Next()
    {
        Task<Sample> task;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            task = inOrder.Dequeue();
            Order();
            Monitor.Pulse(gate);
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Stops: samples being made are finished, none is begun.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopped) return;
            stopped = true;
            Monitor.PulseAll(gate);
        }

        foreach (Thread worker in workers) worker.Join();

        // Whoever still waits for a sample that was never begun is told so.
        cancelled.Cancel();
        cancelled.Dispose();
    }

    private void Order()
    {
        long index = next++;
        var task = new Task<Sample>(() => make(index), cancelled.Token);
        inOrder.Enqueue(task);
        waiting.Enqueue(task);
    }

    private void Work()
    {
        while (true)
        {
            Task<Sample> task;
            lock (gate)
            {
                while (waiting.Count == 0 && !stopped) Monitor.Wait(gate);
                if (stopped) return;
                task = waiting.Dequeue();
            }

            // The task keeps its exception for the thread that asks for the sample.
            task.RunSynchronously(TaskScheduler.Default);
            HostGarbage.Collect();
        }
    }
}
