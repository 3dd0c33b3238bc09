using Xunit;

namespace Morula.Tests;

/// <summary>Published images beside the checkout, in <c>shared/data</c>; tests that need them are skipped elsewhere.</summary>
internal static class RealData
{
    /// <summary>The folder, or null where no parent of the test's folder has one.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of one file; skips the test where it is missing.</summary>
    public static string Require(params string[] parts)
    {
        string? path = Folder is null ? null : Path.Combine([Folder, .. parts]);
        Assert.SkipWhen(path is null || !File.Exists(path), $"shared/data/{string.Join('/', parts)} is not here.");
        return path!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
