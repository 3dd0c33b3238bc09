using Morula.Sharing;
using Xunit;

namespace Morula.Tests.Sharing;

public sealed class LauncherTests
{
    [Theory]
    [InlineData("")]
    [InlineData("OMPI_COMM_WORLD_SIZE=1")]
    [InlineData("PMI_SIZE=1")]
    [InlineData("SLURM_NTASKS=4")]
    [InlineData("SLURM_NTASKS=4 SLURM_STEP_NUM_TASKS=1 PMIX_RANK=0")]
    [InlineData("OMPI_COMM_WORLD_SIZE=many")]
    public void A_process_alone_needs_no_library(string variables) => Assert.Null(Of(variables));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=3 PMIX_RANK=0", 3, "libmpi.so.40")]
    [InlineData("PMI_SIZE=2 PMI_RANK=1", 2, "libmpich.so.12")]
    [InlineData("SLURM_STEP_NUM_TASKS=4 PMIX_RANK=2", 4, "libmpi.so.40")]
    [InlineData("SLURM_STEP_NUM_TASKS=4 PMI_SIZE=4 PMI_RANK=2", 4, "libmpich.so.12")]
    [InlineData("OMPI_COMM_WORLD_SIZE=3 MORULA_MPI=/opt/mpi/libmpi.so", 3, "/opt/mpi/libmpi.so")]
    public void A_launcher_is_known_by_what_it_says(string variables, int count, string library)
    {
        Launcher launcher = Of(variables)!;
        Assert.Equal(count, launcher.Count);
        Assert.Equal(library, launcher.Libraries[0]);
    }

    [Fact]
    public void Copies_that_do_not_know_of_each_other_are_refused()
    {
        var refusal = Assert.Throws<PlatformNotSupportedException>(() => Of("SLURM_STEP_NUM_TASKS=4"));
        Assert.Contains("srun --mpi=", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_told_in_one_line()
    {
        var launcher = new Launcher("mpirun", 2, ["/nowhere/libmpi.so"]);
        var refusal = Assert.Throws<PlatformNotSupportedException>(() => MpiLibrary.Load(launcher));
        Assert.Contains("/nowhere/libmpi.so", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Launcher.LibraryVariable, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static Launcher? Of(string variables)
    {
        var all = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);
        return Launcher.Of(all.GetValueOrDefault);
    }
}
