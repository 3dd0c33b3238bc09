using System.Text;

namespace Morula.Formats;

/// <summary>Writes files that are either complete or absent: a reader never sees half of one.</summary>
public static class AtomicFile
{
    private static int written;

    /// <summary>
    /// Writes to a temporary name in the same folder (made if missing), flushes to the disk, then renames over
    /// <paramref name="path"/>. After a failure the temporary file is gone and what stood at the path before stands still.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"{path} names no file.", nameof(path));
        Directory.CreateDirectory(folder);
        int count = Interlocked.Increment(ref written);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}-{count}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark, in the manner of <see cref="Write"/>.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
