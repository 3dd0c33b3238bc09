using Morula.Formats;
using Xunit;

namespace Morula.Tests.Formats;

/// <summary>How damaged files are to be answered.</summary>
internal static class Refusal
{
    /// <summary>Whether a file is refused, in one line; any other fault is the test's.</summary>
    public static bool IsRefused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (VolumeFormatException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
            return true;
        }
    }
}
