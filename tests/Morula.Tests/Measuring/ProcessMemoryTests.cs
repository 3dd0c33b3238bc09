using Morula.Measuring;
using Xunit;

namespace Morula.Tests.Measuring;

public sealed class ProcessMemoryTests
{
    [Fact]
    public void What_is_touched_is_resident_and_raises_the_peak()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells.");
        const int Size = 64 << 20;
        ProcessMemory.Collect();
        ProcessMemory.ResetPeak();
        long before = ProcessMemory.Peak;
        var block = new byte[Size];
        for (int index = 0; index < Size; index += 1024) block[index] = 1;
        Assert.InRange(ProcessMemory.Peak - before, Size * 3L / 4, long.MaxValue);
        Assert.InRange(ProcessMemory.Resident, Size, ProcessMemory.Peak);
        GC.KeepAlive(block);
    }
}
