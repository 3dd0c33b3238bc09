namespace Morula.Viewer;

/// <summary>What was made for frames, the latest used of it, within a bound of bytes. What two ask for at a time is made once.</summary>
/// <typeparam name="TValue">What is kept.</typeparam>
/// <param name="mostBytes">The bound.</param>
/// <param name="sizeOf">Bytes of a value.</param>
internal sealed class ByteCache<TValue>(long mostBytes, Func<TValue, long> sizeOf)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<TValue>> values = [];
    private readonly LinkedList<string> order = [];
    private long bytes;

    /// <summary>Whether a value is there or being made.</summary>
    public bool Contains(string key)
    {
        lock (gate) return values.ContainsKey(key);
    }

    /// <summary>The value of a key, made where it is missing; what fails is forgotten.</summary>
    public Task<TValue> GetAsync(string key, Func<TValue> make)
    {
        lock (gate)
        {
            if (values.TryGetValue(key, out Task<TValue>? known))
            {
                if (order.Remove(key)) order.AddLast(key);
                return known;
            }

            return values[key] = Task.Run(() => Make(key, make));
        }
    }

    private TValue Make(string key, Func<TValue> make)
    {
        try
        {
            TValue value = make();
            Keep(key, sizeOf(value));
            return value;
        }
        catch
        {
            lock (gate) values.Remove(key);
            throw;
        }
    }

    private void Keep(string key, long size)
    {
        lock (gate)
        {
            order.AddLast(key);
            sizes[key] = size;
            bytes += size;
            while (bytes > mostBytes && order.First is { } oldest && oldest.Value != key)
            {
                order.RemoveFirst();
                bytes -= sizes[oldest.Value];
                sizes.Remove(oldest.Value);
                values.Remove(oldest.Value);
            }
        }
    }

    private readonly Dictionary<string, long> sizes = [];
}
