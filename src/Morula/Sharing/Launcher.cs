using System.Globalization;

namespace Morula.Sharing;

/// <summary>What started several copies of this process, as environment variables tell.</summary>
/// <param name="Name">In words.</param>
/// <param name="Count">How many were started.</param>
/// <param name="Libraries">Names of the MPI library to try, best first.</param>
internal sealed record Launcher(string Name, int Count, IReadOnlyList<string> Libraries)
{
    /// <summary>Names the MPI library where the usual names do not.</summary>
    public const string LibraryVariable = "MORULA_MPI";

    // The soname of Open MPI 1.10 to 5 is .12 to .40; that of MPICH and its kin (Intel, MVAPICH) is .12 too.
    private static readonly string[] OpenMpi = ["libmpi.so.40", "libmpi.so.20", "libmpi.so", "libmpi.dylib"];
    private static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi_cray.so.12", "libmpi.so", "libmpi.dylib", "msmpi.dll"];

    /// <summary>The launcher, or null where this process was started alone.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <exception cref="PlatformNotSupportedException">srun has started several copies without MPI, which would all do the same.</exception>
    public static Launcher? Of(Func<string, string?> variable)
    {
        if (Number(variable("OMPI_COMM_WORLD_SIZE")) is > 1 and var open) return Named("mpirun of Open MPI", open, OpenMpi);
        if (Number(variable("PMI_SIZE")) is > 1 and var hydra) return Named("a launcher that speaks PMI", hydra, [.. Mpich, .. OpenMpi]);

        // SLURM_NTASKS is that of the whole job, and is there in a batch script that starts one process; a step is what srun starts.
        if (Number(variable("SLURM_STEP_NUM_TASKS")) is not (> 1 and var tasks)) return null;
        if (variable("PMIX_RANK") is not null || variable("PMI_RANK") is not null) return Named("srun", tasks, [.. OpenMpi, .. Mpich]);
        throw new PlatformNotSupportedException(
            $"srun started {tasks} processes without MPI, which would all do the same; pass srun --mpi=pmix or --mpi=pmi2 (srun --mpi=list names what is there), or -n 1.");

        Launcher Named(string name, int count, string[] usual) =>
            new(name, count, variable(LibraryVariable) is { Length: > 0 } named ? [named] : [.. usual.Distinct()]);
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
