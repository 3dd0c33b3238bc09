using Morula.Formats;
using Xunit;

namespace Morula.Tests.Formats;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder["a.txt"], "first, and longer");
        AtomicFile.WriteText(folder["a.txt"], "µ");
        Assert.Equal([0xC2, 0xB5], File.ReadAllBytes(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void A_failure_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder["a.txt"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.WriteByte(1);
            Assert.Equal(2, folder.Names.Length);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void The_folder_is_made()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder["new"], "deep", "a.txt");
        AtomicFile.WriteText(path, "text");
        Assert.Equal("text", File.ReadAllText(path));
    }
}
