using Morula.Correction;
using Morula.Formats;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Correction;

public sealed class EditListTests : IDisposable
{
    private static readonly Edit[] Kinds =
    [
        new MergeEdit("t1", 3, 4), new MergeEdit("t1", 3, 4, "t7"), new DeleteEdit("<b>", 9), new SplitEdit("t2", 5, [1, 2, 3], [4, 5, 6], 77, SplitRelief.Membrane),
        new LinkEdit(1, 2), new UnlinkEdit(2),
    ];

    private readonly TemporaryFolder folder = new();

    private string Path => folder["edits.jsonl"];

    [Fact]
    public void What_is_written_is_read()
    {
        foreach (Edit edit in Kinds) EditList.Append(Path, edit);
        Assert.Equal(Kinds.Select(EditList.Text), EditList.Read(Path).Select(EditList.Text));
        Assert.Equal(Kinds.Length, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void An_edit_is_a_line_that_people_can_read()
    {
        Assert.Equal("""{"edit":"merge","frame":"t1","label":3,"into":4}""", EditList.Text(Kinds[0]));
        Assert.Equal("""{"edit":"split","frame":"t2","label":5,"seed":[1,2,3],"otherSeed":[4,5,6],"newLabel":77,"by":"membrane"}""", EditList.Text(Kinds[3]));
    }

    [Fact]
    public void Undo_takes_back_the_last_edit_that_still_stands()
    {
        foreach (Edit edit in new Edit[] { Kinds[0], Kinds[1], new UndoEdit(), Kinds[2], new UndoEdit(), new UndoEdit(), Kinds[4] }) EditList.Append(Path, edit);
        Assert.Equal([Kinds[4]], EditList.Read(Path));
        Assert.Contains("no edit to take back", Assert.Throws<EditException>(() => EditList.With([], new UndoEdit())).Message);
    }

    [Fact]
    public void A_line_that_was_cut_short_is_passed_over_and_replaced_by_the_next_edit()
    {
        EditList.Append(Path, Kinds[0]);
        EditList.Append(Path, Kinds[1]);
        string whole = File.ReadAllText(Path);
        for (int cut = 1; cut < EditList.Text(Kinds[1]).Length + 1; cut++)
        {
            File.WriteAllText(Path, whole[..^cut]);
            Assert.Equal([Kinds[0]], EditList.Read(Path));
        }

        EditList.Append(Path, Kinds[4]);
        Assert.Equal([Kinds[0], Kinds[4]], EditList.Read(Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"edit\":\"burn\",\"label\":1}")]
    [InlineData("{\"edit\":\"merge\",\"frame\":\"t1\",\"label\":3}")]
    [InlineData("{\"edit\":\"merge\",\"frame\":\"t1\",\"label\":3,\"into\":4,\"more\":5}")]
    [InlineData("{\"edit\":\"delete\",\"frame\":null,\"label\":3}")]
    [InlineData("{\"edit\":\"split\",\"frame\":\"t\",\"label\":3,\"seed\":[1],\"otherSeed\":[1,2,3],\"newLabel\":4,\"by\":7}")]
    public void What_is_no_edit_is_refused_and_its_line_named(string line)
    {
        File.WriteAllText(Path, EditList.Text(Kinds[0]) + "\n" + line + "\n");
        string message = Assert.Throws<VolumeFormatException>(() => EditList.Read(Path)).Message;
        Assert.Contains("line 2: this is no edit", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void No_file_means_no_edits() => Assert.Empty(EditList.Read(Path));

    public void Dispose() => folder.Dispose();
}
