namespace Morula.Formats;

/// <summary>Tells a full disk from other faults of files.</summary>
public static class DiskFull
{
    // ENOSPC and EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] Codes = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Whether something could not be written because no space is left.</summary>
    public static bool Is(Exception fault) => fault is IOException && Codes.Contains(fault.HResult);
}
