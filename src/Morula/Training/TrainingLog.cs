using System.Text;

namespace Morula.Training;

/// <summary>
/// Numbers of a training by step, in two files of one folder: log.jsonl (one JSON object a line: step, time, then the values)
/// and a TensorBoard event file. Each entry is handed to the system before <see cref="Write"/> returns.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    /// <summary>Name of the line file within its folder.</summary>
    public const string FileName = "log.jsonl";

    private readonly FileStream lines;
    private readonly LogEventFile events;
    private readonly TimeProvider clock;
    private bool mayStandTwice;

    /// <summary>Opens the log of a folder, which is made where it does not exist.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="append">
    /// True to resume: lines at or after the first step written from here on are cut off, so that no step stands twice.
    /// False to begin anew: an earlier log of this folder is removed.
    /// </param>
    /// <param name="clock">Tells the time of each entry; the system's clock by default.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public TrainingLog(string folder, bool append, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        if (!append)
        {
            foreach (string old in Directory.GetFiles(folder, LogEventFile.NamePrefix + "*")) File.Delete(old);
        }

        lines = new FileStream(Path.Combine(folder, FileName), append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        events = new LogEventFile(folder, this.clock.GetUtcNow());
        mayStandTwice = append;
    }

    /// <summary>Writes the values of one step, in the order of the dictionary. A step may be written more than once, as training and validation do.</summary>
    /// <param name="step">Number of the step, at least 0.</param>
    /// <param name="values">Values by name; "step" and "time" are taken. Not-a-number and infinities are written as texts.</param>
    /// <exception cref="ArgumentException">A name is taken, or the step is negative.</exception>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Write(long step, IReadOnlyDictionary<string, double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (values.ContainsKey(LogLine.StepKey) || values.ContainsKey(LogLine.TimeKey))
            throw new ArgumentException($"{LogLine.StepKey} and {LogLine.TimeKey} are names of the log itself.", nameof(values));
        if (mayStandTwice) CutFrom(step);
        DateTimeOffset time = clock.GetUtcNow();
        lines.Write(LogLine.ToUtf8(step, time, values));
        lines.Flush();
        events.Write(time, step, values);
    }

    /// <summary>Cuts off all lines at or after a step; the first <see cref="Write"/> of a resumed log does so by itself.</summary>
    public void CutFrom(long step)
    {
        mayStandTwice = false;
        lines.Position = 0;
        var bytes = new byte[lines.Length];
        lines.ReadExactly(bytes);
        var kept = Encoding.UTF8.GetString(bytes).Split('\n').Where(line => LogLine.Parse(line)?.Step < step).Select(line => line + "\n");
        byte[] left = Encoding.UTF8.GetBytes(string.Concat(kept));

        // Written over itself before it is cut: whatever interrupts this, the lines that stay are never off the disk.
        lines.Position = 0;
        lines.Write(left);
        lines.SetLength(left.Length);
        lines.Flush();
        events.StartAgainFrom(clock.GetUtcNow(), step);
    }

    /// <summary>Reads the lines of a folder's log in file order; none where there is no log. A torn last line is left out.</summary>
    public static IReadOnlyList<LogLine> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(LogLine.Parse).OfType<LogLine>()] : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lines.Dispose();
        events.Dispose();
    }
}
