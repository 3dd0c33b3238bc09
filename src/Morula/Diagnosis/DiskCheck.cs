using Morula.Formats;
using Morula.Planning;

namespace Morula.Diagnosis;

/// <summary>A folder that is written into: room and permission.</summary>
internal static class DiskCheck
{
    private const long LeastBytes = 100L << 20;
    private const long UsualBytes = 5L << 30;
    private const string Probe = ".morula-doctor";

    public static Check Of(string subject, string folder) =>
        new(subject, $"free space, or work in another folder{(subject.StartsWith("temp", StringComparison.Ordinal) ? " (TMPDIR names the temporary one)" : string.Empty)}.", check => Look(check, folder));

    private static Finding Look(Check check, string folder)
    {
        if (!Directory.Exists(folder)) return check.Failure($"{folder} is not there", "make it, or name another folder.");
        string path = Path.Combine(folder, $"{Probe}-{Environment.ProcessId}");
        try
        {
            AtomicFile.WriteText(path, Probe);
            if (File.ReadAllText(path) != Probe) return check.Failure($"{folder}: what was written is not what is read", "look at the disk.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return check.Failure($"{folder} cannot be written: {fault.Message}", "work in a folder that is yours, or have its permissions changed.");
        }
        finally
        {
            File.Delete(path);
        }

        long free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        string found = $"{folder} can be written; {ByteSize.Text(free)} free";
        return free < LeastBytes ? check.Failure(found) : free < UsualBytes ? check.Warning(found) : check.Ok(found);
    }
}
