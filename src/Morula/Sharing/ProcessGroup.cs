namespace Morula.Sharing;

/// <summary>Finds out whether this process was started alone or as one of several.</summary>
public static class ProcessGroup
{
    /// <summary>The group that mpirun or srun started this process in, or a group of one. Only where there are several is an MPI library loaded.</summary>
    /// <exception cref="PlatformNotSupportedException">There are several and no MPI library that fits can be loaded; one line says what to do.</exception>
    public static IProcessGroup Join() =>
        Launcher.Of(Environment.GetEnvironmentVariable) is { } launcher ? MpiProcessGroup.Join(launcher) : new SingleProcess();
}
