using System.Runtime.InteropServices;
using Morula.Measuring;
using Morula.Planning;

namespace Morula.Diagnosis;

/// <summary>System, memory and processors.</summary>
internal static class MachineChecks
{
    private const long LeastMemory = 1L << 30;
    private const long UsualMemory = 4L << 30;

    public static IEnumerable<Check> All() =>
    [
        new Check("system", "use x64 Linux or x64 Windows: the tensor library comes for these.", System),
        new Check("memory", "end other programs, or name a bound: morula predict and train take --memory, such as --memory 2GB.", Memory),
        new Check("processors", "let the process have more processors: training and prediction share the work among all of them.", Processors),
    ];

    private static Finding System(Check check)
    {
        string found = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}";
        bool fits = RuntimeInformation.ProcessArchitecture == Architecture.X64 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows());
        return fits ? check.Ok(found) : check.Failure(found);
    }

    private static Finding Memory(Check check)
    {
        MachineMemory memory = MachineMemory.Read();
        string found = $"{ByteSize.Text(memory.Available)} of {ByteSize.Text(memory.Total)} available{(memory.IsLimited ? ", as a control group allows" : string.Empty)}";
        return memory.Available < LeastMemory ? check.Failure(found) : memory.Available < UsualMemory ? check.Warning(found) : check.Ok(found);
    }

    private static Finding Processors(Check check)
    {
        int count = Environment.ProcessorCount;
        return count > 1 ? check.Ok($"{count} for this process") : check.Warning("1 for this process");
    }
}
