using Morula.Cli;
using Morula.Correction;
using Morula.Formats;
using Morula.Tests.Formats;
using Morula.Tests.Viewer;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class ViewVerbsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_corrected_movie_is_a_data_set_and_a_tracked_movie()
    {
        BlockMovie.Write(folder["movie"], 4);
        EditList.Append(folder["movie/edits.jsonl"], new MergeEdit("t002", 10, 9, "t003"));
        EditList.Append(folder["movie/edits.jsonl"], new SplitEdit("t000", 1, [4, 6, 4], [4, 6, 12], 11));
        var (code, output, error) = TrainedFolder.Command("correct", folder["movie"], "--out", folder["data"], "-q");
        Assert.True(code == 0, error);
        Assert.Equal($"{folder["data"]}: 4 frames, 2 edits, 3 frames changed", output.TrimEnd());
        TrackedMovie movie = TrackedMovie.Open(folder["data"]);
        Assert.Equal((8, 11), (movie.Lineage[9].ParentId, movie.Lineage.Tracks[^1].Id));
        Assert.False(movie.Lineage.Contains(10));
        Assert.Equal(File.ReadAllBytes(folder["movie/raw/t001.tif"]), File.ReadAllBytes(folder["data/raw/t001.tif"]));

        // It is what training takes for truth: fit reads all of it.
        (code, _, error) = TrainedFolder.Command("fit", "--data", folder["data"], "-q");
        Assert.True(code == 0, error);
        Assert.Contains("not empty", TrainedFolder.Command("correct", folder["movie"], "--out", folder["data"]).Error);
    }

    [Fact]
    public void What_cannot_be_corrected_is_refused_in_one_line()
    {
        BlockMovie.Write(folder["movie"], 2);
        EditList.Append(folder["movie/edits.jsonl"], new DeleteEdit("t000", 99));
        foreach (var (result, expected) in new[] { (folder["movie"], "edits.jsonl: there is no cell 99 in frame 't000'"), (folder["nowhere"], "there is no such result") })
        {
            var (code, output, error) = TrainedFolder.Command("correct", result, "--out", folder["data"]);
            Assert.Equal((ExitCode.Refused, string.Empty), (code, output));
            Assert.Contains(expected, error);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task A_result_is_viewed_until_it_is_asked_to_stop()
    {
        BlockMovie.Write(folder["movie"], 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Task<int> running = Task.Run(() => CommandLine.Run(["view", folder["movie"], "--no-browser"], TextWriter.Synchronized(output), error, stop.Token), TestContext.Current.CancellationToken);
        while (!output.ToString().Contains('\n') && !running.IsCompleted) await Task.Delay(10, TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        Assert.Contains("page.js", await client.GetStringAsync(new Uri(output.ToString().Trim()), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Contains("no such result", TrainedFolder.Command("view", folder["nowhere"]).Error);
    }

    public void Dispose() => folder.Dispose();
}
