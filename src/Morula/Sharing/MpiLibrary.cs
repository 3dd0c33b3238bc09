using System.Runtime.InteropServices;

namespace Morula.Sharing;

/// <summary>
/// The functions and constants of an MPI library (MPI 3.1). Handles are addresses of exported objects with Open MPI and numbers with MPICH
/// and its kin; both fit an address-wide integer, of which MPICH reads and writes the lower half.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    private const int Funneled = 1;
    private readonly nint library;
    private readonly nint inPlace;
    private readonly nint noStatus;
    private readonly nint sum;

    private MpiLibrary(nint library)
    {
        this.library = library;
        IsOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world);
        World = IsOpenMpi ? world : 0x44000000;
        Floats = IsOpenMpi ? Address("ompi_mpi_float") : 0x4c00040a;
        Doubles = IsOpenMpi ? Address("ompi_mpi_double") : 0x4c00080b;
        Bytes = IsOpenMpi ? Address("ompi_mpi_byte") : 0x4c00010d;
        sum = IsOpenMpi ? Address("ompi_mpi_op_sum") : 0x58000003;
        inPlace = IsOpenMpi ? 1 : -1;
        noStatus = IsOpenMpi ? 0 : 1;
    }

    /// <summary>Whether it is Open MPI rather than MPICH or its kin.</summary>
    public bool IsOpenMpi { get; }

    /// <summary>All processes.</summary>
    public nint World { get; }

    /// <summary>Type of float32 values.</summary>
    public nint Floats { get; }

    /// <summary>Type of float64 values.</summary>
    public nint Doubles { get; }

    /// <summary>Type of bytes.</summary>
    public nint Bytes { get; }

    /// <summary>Loads the first library there is of those that fit a launcher.</summary>
    /// <exception cref="PlatformNotSupportedException">There is none.</exception>
    public static MpiLibrary Load(Launcher launcher)
    {
        foreach (string name in launcher.Libraries)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "MPI_Iallreduce", out _)) return new MpiLibrary(library);
        }

        throw new PlatformNotSupportedException(
            $"{launcher.Name} started {launcher.Count} processes, but no MPI library is found (tried {string.Join(", ", launcher.Libraries)}); "
            + $"install it, put its folder into LD_LIBRARY_PATH, or name the file in {Launcher.LibraryVariable}.");
    }

    /// <summary>Joins; all further calls come from the same thread.</summary>
    public void Begin()
    {
        int provided;
        Require(((delegate* unmanaged<nint, nint, int, int*, int>)Address("MPI_Init_thread"))(0, 0, Funneled, &provided), "MPI_Init_thread");
    }

    /// <summary>Number of this process.</summary>
    public int Index()
    {
        int index;
        Require(((delegate* unmanaged<nint, int*, int>)Address("MPI_Comm_rank"))(World, &index), "MPI_Comm_rank");
        return index;
    }

    /// <summary>Number of processes.</summary>
    public int Count()
    {
        int count;
        Require(((delegate* unmanaged<nint, int*, int>)Address("MPI_Comm_size"))(World, &count), "MPI_Comm_size");
        return count;
    }

    /// <summary>The same processes with an order of messages of their own.</summary>
    public nint Duplicate()
    {
        nint copy = 0;
        Require(((delegate* unmanaged<nint, nint*, int>)Address("MPI_Comm_dup"))(World, &copy), "MPI_Comm_dup");
        return copy;
    }

    /// <summary>Begins sums in place; gives the request.</summary>
    public nint StartSum(nint values, int count, nint type, nint group)
    {
        nint request = 0;
        Require(((delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int>)Address("MPI_Iallreduce"))(inPlace, values, count, type, sum, group, &request), "MPI_Iallreduce");
        return request;
    }

    /// <summary>Begins to send from the first to all; gives the request.</summary>
    public nint StartBroadcast(nint values, int count, nint type, nint group)
    {
        nint request = 0;
        Require(((delegate* unmanaged<nint, int, nint, int, nint, nint*, int>)Address("MPI_Ibcast"))(values, count, type, 0, group, &request), "MPI_Ibcast");
        return request;
    }

    /// <summary>Whether a request is fulfilled; works on all that are under way.</summary>
    public bool IsDone(ref nint request)
    {
        nint own = request;
        int done;
        Require(((delegate* unmanaged<nint*, int*, nint, int>)Address("MPI_Test"))(&own, &done, noStatus), "MPI_Test");
        request = own;
        return done != 0;
    }

    /// <summary>Ends all processes.</summary>
    public void Abort(int exitCode) => _ = ((delegate* unmanaged<nint, int, int>)Address("MPI_Abort"))(World, exitCode);

    /// <summary>Leaves; returns when all do.</summary>
    public void End() => Require(((delegate* unmanaged<int>)Address("MPI_Finalize"))(), "MPI_Finalize");

    // By default MPI ends the process where something fails; this is for libraries told otherwise.
    private static void Require(int code, string name)
    {
        if (code != 0) throw new PlatformNotSupportedException($"{name} of the MPI library failed with code {code}.");
    }

    private nint Address(string name) => NativeLibrary.GetExport(library, name);
}
