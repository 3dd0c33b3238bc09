using Morula.Measuring;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Measuring;

public sealed class MachineMemoryTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public MachineMemoryTests() => Write("proc/meminfo", "MemTotal:       1000 kB\nMemFree:  1 kB\nMemAvailable:    600 kB\nHugePages_Total:       0\n");

    [Fact]
    public void Without_bounds_it_is_that_of_the_machine() =>
        Assert.Equal(new MachineMemory(1024000, 614400, false), MachineMemory.Read(root["."]));

    [Fact]
    public void The_tightest_group_on_the_way_up_counts_and_cached_files_are_free()
    {
        Write("proc/self/cgroup", "0::/jobs/one\n");
        Write("sys/fs/cgroup/jobs/one/memory.max", "max\n");
        Write("sys/fs/cgroup/jobs/one/memory.current", "300\n");
        Write("sys/fs/cgroup/jobs/memory.max", "2000\n");
        Write("sys/fs/cgroup/jobs/memory.current", "1500\n");
        Write("sys/fs/cgroup/jobs/memory.stat", "anon 900\ninactive_file 500\n");
        Assert.Equal(new MachineMemory(2000, 1000, true), MachineMemory.Read(root["."]));
    }

    [Fact]
    public void Groups_of_the_first_version_count_too()
    {
        Write("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/box\n0::/\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "5000\n");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "4000\n");
        Write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 100\n");
        Assert.Equal(new MachineMemory(5000, 1100, true), MachineMemory.Read(root["."]));
    }

    [Fact]
    public void A_bound_above_the_machine_is_none()
    {
        Write("proc/self/cgroup", "0::/\n");
        Write("sys/fs/cgroup/memory.max", "9223372036854771712\n");
        Write("sys/fs/cgroup/memory.current", "10\n");
        Assert.Equal(new MachineMemory(1024000, 614400, false), MachineMemory.Read(root["."]));
    }

    [Fact]
    public void This_machine_has_some()
    {
        MachineMemory memory = MachineMemory.Read();
        Assert.InRange(memory.Available, 1, memory.Total);
        MemoryUse own = MemoryUse.Read();
        Assert.InRange(own.Now, 1, own.Peak);
    }

    public void Dispose() => root.Dispose();

    private void Write(string path, string text)
    {
        string file = Path.Combine(root["."], path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
