namespace Morula.Formats;

/// <summary>Whatever the library of HDF5 throws at a file is a fault of that file.</summary>
internal static class Hdf5Fault
{
    private const string MissingFilter = "Could not find filter";
    private const string ForeignOrder = "Byte order conversion";

    /// <summary>Runs a read.</summary>
    /// <exception cref="VolumeFormatException">The file cannot be read as HDF5.</exception>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VolumeFormatException)
        {
            throw;
        }
#pragma warning disable CA1031 // The library has no exceptions of its own: damage ends in any of the framework's.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw new VolumeFormatException(path, Problem(fault), fault);
        }
    }

    /// <summary>Whether the library refused numbers because their bytes are in the other order.</summary>
    public static bool IsForeignOrder(Exception fault) => Text(fault).StartsWith(ForeignOrder, StringComparison.Ordinal);

    private static string Problem(Exception fault)
    {
        string text = HeaderFields.Readable(Text(fault));
        if (fault is OutOfMemoryException) return "does not fit into memory; read frame by frame or crop the file.";
        return text.StartsWith(MissingFilter, StringComparison.Ordinal)
            ? $"is packed in a way that is not read ({text[(MissingFilter.Length + 1)..]}...); pack it with gzip (h5repack -f GZIP=4 FILE NEW)."
            : $"cannot be read as HDF5 ({fault.GetType().Name}: {text}); it is damaged, or of a kind that is not supported.";
    }

    private static string Text(Exception fault) => (fault.InnerException is { } inner ? inner : fault).Message;
}
