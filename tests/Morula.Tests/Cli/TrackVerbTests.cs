using Morula.Cli;
using Morula.Formats;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class TrackVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_synthetic_movie_is_tracked()
    {
        Synthesize();
        var (code, output, error) = Track(folder["movie/labels"], "--frames", "1..4");
        Assert.True(code == 0, error);
        Assert.Contains("tracks.csv: 4 frames, ", output);
        Assert.Equal([1, 2, 3, 4], TrackedMovie.Open(folder["out"]).Labels.Numbers);
        Assert.Contains("not empty", Track(folder["movie/labels"]).Error);
        Assert.Equal(0, Track(folder["movie/labels"], "--overwrite").Code);
    }

    [Fact]
    public void Costs_may_be_learnt_from_a_movie_that_is_known_and_are_told()
    {
        Synthesize();
        var (code, _, error) = Track(folder["movie/labels"], "--like", folder["movie"], "--set", "VolumeSpread=0.3");
        Assert.True(code == 0, error);
        Assert.Contains("StepSpread 0.", error);
        Assert.Contains("VolumeSpread 0.3", error);
        Assert.Contains("is no tracked movie", Track(folder["movie/labels"], "--like", folder["movie/labels"], "--overwrite").Error);
    }

    [Theory]
    [InlineData("there is no such movie", "nowhere")]
    [InlineData("--frames is \"4-9\"; expected FIRST..LAST", "cells", "--frames", "4-9")]
    [InlineData("--frames is \"9..4\"; expected FIRST..LAST", "cells", "--frames", "9..4")]
    [InlineData("holds none of the frames asked for", "cells", "--frames", "40..")]
    [InlineData("frames 3 are missing between 2 and 4", "cells")]
    [InlineData("Reach is 0", "cells", "--frames", "2..2", "--set", "Reach=0")]
    [InlineData("the nearest is StepSpread", "cells", "--frames", "2..2", "--set", "StepSpred=1")]
    public void What_cannot_be_tracked_is_refused_in_one_line(string expected, string name, params string[] more)
    {
        foreach (int frame in new[] { 2, 4 }) VolumeFile.Write(folder[$"cells/t{frame}.tif"], new LabelVolume(new Extent(4, 4, 4), Spacing.Unit(3)));
        var (code, output, error) = Track(folder[name], more);
        Assert.Equal((ExitCode.Refused, string.Empty), (code, output));
        Assert.StartsWith("morula: ", error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(expected, error);
        Assert.False(Directory.Exists(folder["out"]));
    }

    public void Dispose() => folder.Dispose();

    private void Synthesize()
    {
        var (code, _, error) = TrainedFolder.Command(
            "synthesize", "movie", "--out", folder["movie"], "--count", "6", "--set", "Embryo.Extent=24,24,24", "--set", "Embryo.CellCount=6", "-q");
        Assert.True(code == 0, error);
    }

    private (int Code, string Output, string Error) Track(string labels, params string[] more) => TrainedFolder.Command(["track", labels, "--out", folder["out"], .. more]);
}
