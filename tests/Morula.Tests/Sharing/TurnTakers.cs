using Morula.Sharing;

namespace Morula.Tests.Sharing;

/// <summary>A group of threads of one process, of which one runs at a time: the others wait for sums.</summary>
internal sealed class TurnTakers(int count)
{
    private readonly object gate = new();
    private readonly Dictionary<string, (double[] Sum, int In, int Out)> sums = new(StringComparer.Ordinal);
    private Exception? fault;

    /// <summary>Runs all to their ends, and gives their answers by index.</summary>
    public T[] Run<T>(Func<IProcessGroup, T> work)
    {
        var answers = new T[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            lock (gate)
            {
                try
                {
                    using var member = new Member(this, index, count);
                    answers[index] = work(member);
                }
                catch (Exception error)
                {
                    fault ??= error;
                    Monitor.PulseAll(gate);
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (fault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return answers;
    }

    private void Give(string name, double[] values)
    {
        var (sum, given, taken) = sums.GetValueOrDefault(name, (new double[values.Length], 0, 0));
        if (sum.Length != values.Length) throw new InvalidOperationException($"{name}: {values.Length} values meet {sum.Length}.");
        for (int index = 0; index < values.Length; index++) sum[index] += values[index];
        sums[name] = (sum, given + 1, taken);
        Monitor.PulseAll(gate);
    }

    private double[] Take(string name)
    {
        while (sums[name].In < count)
        {
            if (fault is not null) throw new InvalidOperationException("another one failed.");
            if (!Monitor.Wait(gate, TimeSpan.FromMinutes(2))) throw new TimeoutException($"{name}: others never came.");
        }

        var (sum, given, taken) = sums[name];
        sums[name] = (sum, given, taken + 1);
        if (taken + 1 == count) sums.Remove(name);
        return sum;
    }

    private sealed class Member(TurnTakers all, int index, int count) : IProcessGroup
    {
        private int words;
        private int gradients;

        public int Index => index;

        public int Count => count;

        public IPendingSum StartSum(float[] values)
        {
            string name = $"gradients {gradients++}";
            all.Give(name, [.. values.Select(value => (double)value)]);
            return new Pending(() =>
            {
                double[] sum = all.Take(name);
                for (int place = 0; place < values.Length; place++) values[place] = (float)sum[place];
            });
        }

        public void Sum(double[] values)
        {
            string name = $"words {words++}";
            all.Give(name, values);
            all.Take(name).CopyTo(values, 0);
        }

        public byte[] Broadcast(byte[] ofFirst) => throw new NotSupportedException();

        public void Abort(int exitCode) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private sealed class Pending(Action take) : IPendingSum
    {
        public void Wait() => take();
    }
}
