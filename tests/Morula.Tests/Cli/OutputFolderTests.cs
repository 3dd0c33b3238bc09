using Morula.Cli;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("morula-out-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void A_new_or_empty_folder_is_taken()
    {
        string path = Path.Combine(folder, "a", "b");
        OutputFolder.Prepare(path, false);
        Assert.True(Directory.Exists(path));
        OutputFolder.Prepare(path, false);
    }

    [Fact]
    public void A_folder_that_holds_something_is_taken_only_when_it_may_be_overwritten()
    {
        string file = Path.Combine(folder, "old.txt");
        File.WriteAllText(file, "x");
        var refusal = Assert.Throws<UsageException>(() => OutputFolder.Prepare(folder, false));
        Assert.Equal($"{folder}: the output folder is not empty; choose another or pass --overwrite.", refusal.Message);
        OutputFolder.Prepare(folder, true);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void A_file_is_never_taken()
    {
        string file = Path.Combine(folder, "old.txt");
        File.WriteAllText(file, "x");
        Assert.Throws<UsageException>(() => OutputFolder.Prepare(file, true));
    }
}
