using System.Reflection;
using TorchSharp;
using Xunit;
using Xunit.v3;

// Tensors are counted for the whole process: one test at a time.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Morula.Tests;

/// <summary>
/// Fails when more tensors live after the test than before it (the test opens its own dispose scope). Temporary tensors that only
/// a finalizer would free count as leaks.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private static long counted;
    private long before;

    /// <summary>
    /// To be called with every module that a test makes and disposes: a parameter takes over the native tensor it is made of, and
    /// TorchSharp 0.107 goes on counting the empty shell.
    /// </summary>
    internal static void Forgive(torch.nn.Module module) => counted += module.parameters().Count();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What earlier tests left behind must not be finalized while this one runs.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        counted = 0;
        before = torch.Tensor.TotalCount;
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        long after = torch.Tensor.TotalCount - counted;
        Assert.True(after <= before, $"{after - before} tensors outlived {test?.TestDisplayName}.");
    }
}
