using Morula.Cli;
using Morula.Runs;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class ExportVerbTests : IDisposable
{
    private readonly SmallMovie movie = new();

    public void Dispose() => movie.Dispose();

    [Theory]
    [InlineData("ctc", "mask005.tif", "res_track.txt")]
    [InlineData("astec", "E_post_t005.tif", "E_post_properties.xml")]
    [InlineData("morphonet", "E_t005.obj", "E_lineage.txt")]
    [InlineData("trackmate", "E.xml")]
    [InlineData("csv", "tracks.csv", "lineage.csv")]
    [InlineData("morula", "labels/t005.tif", "tracks.csv")]
    public void A_part_of_a_movie_is_written(string format, params string[] files)
    {
        var (code, output, error) = Command(format, "out", "--name", "E", "--frames", "4..6");
        Assert.Equal((ExitCode.Done, $"{movie["out"]}: 3 frames, 5 tracks, 10 cells\n"), (code, output));
        Assert.Contains("frame 3/3", error, StringComparison.Ordinal);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(movie["out"], file))));
    }

    [Fact]
    public void A_folder_that_holds_something_is_kept_unless_it_may_be_overwritten()
    {
        Assert.Equal(ExitCode.Done, Command("csv", "out").Code);
        Refused(Command("csv", "out"), "the output folder is not empty");
        Assert.Equal(ExitCode.Done, Command("csv", "out", "--overwrite").Code);
    }

    [Theory]
    [InlineData("there is no format \"mamut\"", "mamut")]
    [InlineData("expected FIRST..LAST", "csv", "--frames", "6..4")]
    [InlineData("expected FIRST..LAST", "csv", "--frames", "6")]
    [InlineData("holds none of the frames asked for", "csv", "--frames", "60..")]
    [InlineData("expected a length", "morphonet", "--mesh-step", "-1")]
    [InlineData("expected seconds", "trackmate", "--interval", "0")]
    public void What_cannot_be_done_is_refused_before_a_folder_is_made(string expected, string format, params string[] more)
    {
        Refused(Command(format, "out", more), expected);
        Assert.False(Directory.Exists(movie["out"]));
    }

    [Fact]
    public void A_folder_is_named_after_the_movie_unless_told()
    {
        Assert.Equal(ExitCode.Done, Command("trackmate", "out").Code);
        Assert.True(File.Exists(Path.Combine(movie["out"], "own.xml")));
    }

    private static void Refused((int Code, string Output, string Error) answer, string expected)
    {
        Assert.Equal((ExitCode.Refused, string.Empty), (answer.Code, answer.Output));
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
    }

    private (int Code, string Output, string Error) Command(string format, string folder, params string[] more) =>
        TrainedFolder.Command(["export", movie.Own, "--to", format, "--out", movie[folder], .. more]);
}
