using System.Text.Json;
using Morula.Comparison;
using Morula.Formats;
using Morula.Options;
using Morula.Tests.Training;
using Morula.Training;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Comparison;

public sealed class NetworkComparisonTests(TinyComparison tiny) : IClassFixture<TinyComparison>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_networks_with_two_seeds_and_the_classical_row()
    {
        string folder = tiny.NewPath();
        tiny.Launched.Clear();
        var shares = new List<double>();
        ComparisonOutcome outcome = tiny.Run([tiny.Small, tiny.Large], folder, TinyComparison.Conditions(seeds: 2), Stop, value => shares.Add(value.Share));
        Assert.Equal(
            [
                "small seed1 Train", "small seed1 Predict", "large seed1 Train", "large seed1 Predict",
                "small seed2 Train", "small seed2 Predict", "large seed2 Train", "large seed2 Predict",
                "classical classical Train", "classical classical Predict",
            ],
            tiny.Launched);
        Assert.Equal(shares.Order(), shares);
        using var json = JsonDocument.Parse(File.ReadAllText(outcome.JsonPath));
        JsonElement[] networks = [.. json.RootElement.GetProperty("networks").EnumerateArray()];
        Assert.Equal(["small", "large", "classical"], networks.Select(network => network.GetProperty("name").GetString()));
        Assert.All(networks[..2], AssertComplete);
        Assert.NotEqual(Parameters(networks[0]), Parameters(networks[1]));
        Assert.Contains("classical", File.ReadAllText(outcome.MarkdownPath));
        string page = File.ReadAllText(outcome.PagePath);
        string[] parts = ["Quality", "Cost", "In relation to large", "Recall by volume", "Recall by contrast", "Options that differ", "Model.Regions.BoxWidth", "data:image/png"];
        Assert.All(parts, part => Assert.Contains(part, page));
        Assert.DoesNotContain("different samples", page);
    }

    [Fact]
    public void A_finished_comparison_that_is_repeated_trains_nothing_and_says_the_same()
    {
        string folder = tiny.NewPath();
        ComparisonOutcome first = tiny.Run([tiny.Small], folder, TinyComparison.Conditions(), Stop);
        byte[] before = File.ReadAllBytes(first.JsonPath);
        tiny.Launched.Clear();
        ComparisonOutcome second = tiny.Run([tiny.Small], folder, TinyComparison.Conditions(), Stop);
        Assert.Empty(tiny.Launched);
        Assert.Equal(before, File.ReadAllBytes(second.JsonPath));
    }

    [Fact]
    public void A_comparison_that_was_stopped_in_a_training_goes_on_there()
    {
        string folder = tiny.NewPath();
        using var stop = new CancellationTokenSource();
        string[] networks = [tiny.Small, tiny.Large];
        Assert.ThrowsAny<OperationCanceledException>(() => tiny.Run(networks, folder, TinyComparison.Conditions(8), stop.Token, value =>
        {
            if (value.Text.StartsWith("large: step 3/", StringComparison.Ordinal)) stop.Cancel();
        }));
        tiny.Launched.Clear();
        tiny.Run(networks, folder, TinyComparison.Conditions(8), Stop);
        Assert.Equal(["large seed1 Train", "large seed1 Predict", "classical classical Train", "classical classical Predict"], tiny.Launched);
        var log = TrainingLog.Read(Path.Combine(folder, "large", "seed1", "training"));
        Assert.Equal(Enumerable.Range(1, 8).Select(step => (long)step), log.Where(line => line.Values.ContainsKey("loss")).Select(line => line.Step));
        TrainingCost cost = TrainingCost.Of(new MemberFolder(Path.Combine(folder, "large", "seed1")));
        Assert.Equal((2, 8L, true), (cost.Sittings.Count, cost.Steps, cost.IsComplete));
    }

    [Fact]
    public void Other_arguments_for_the_same_folder_are_refused()
    {
        string folder = tiny.NewPath();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => tiny.Run([tiny.Small], folder, TinyComparison.Conditions(), stop.Token, _ => stop.Cancel()));
        Refused("Training.Steps of small is 4 there but 5 now", [tiny.Small], TinyComparison.Conditions(5));
        Refused("its seeds are 1, not 1, 2", [tiny.Small], TinyComparison.Conditions(seeds: 2));
        Refused("it compares small, not small, large", [tiny.Small, tiny.Large], TinyComparison.Conditions());
        Refused("Samples.Zoom of small is 0.15 there but 0.2 now", [tiny.Small], TinyComparison.Conditions(4, null, 1, "Samples.Zoom=0.2"));
        Refused("the images of the data set or their split are others", [tiny.Small], TinyComparison.Conditions(4, null, 1, "Samples.ValidationShare=0.5"));

        void Refused(string why, string[] networks, ComparisonConditions conditions)
        {
            var fault = Assert.Throws<OptionsException>(() => tiny.Run(networks, folder, conditions, Stop));
            Assert.Contains(why, fault.Message);
            Assert.Contains("choose another --out", fault.Message);
        }
    }

    [Fact]
    public void Networks_of_one_class_and_of_several_stand_side_by_side()
    {
        string data = WithTwoClasses();
        string two = tiny.Write("two", TinyTraining.Options with { Model = TinyTraining.Options.Model with { Classes = ["early", "late"] } });
        ComparisonOutcome outcome = tiny.Run([tiny.Small, two], tiny.NewPath(), TinyComparison.Conditions(), Stop, data: data);
        MemberResult classical = JsonText.Read<MemberResult>(Path.Combine(Path.GetDirectoryName(outcome.JsonPath)!, "classical", "result.json"));
        Assert.Equal(2, classical.Choice!.Class);
        Assert.True(classical.Scores["paper AP@0.5"] < classical.Scores["paper AP@0.5 of any class"]);
        Assert.Contains("paper AP@0.5 of any class", File.ReadAllText(outcome.MarkdownPath));
        Assert.Contains("Recall by hardness", File.ReadAllText(outcome.MarkdownPath));
    }

    // The first cell of each image is of class 1, all others of class 2.
    private string WithTwoClasses()
    {
        string data = tiny.NewPath();
        foreach (string part in new[] { "raw", "labels", "objects" }) Directory.CreateDirectory(Path.Combine(data, part));
        foreach (string label in Directory.GetFiles(Path.Combine(tiny.Data, "labels")))
        {
            string name = Path.GetFileName(label);
            File.Copy(label, Path.Combine(data, "labels", name));
            File.Copy(Path.Combine(tiny.Data, "raw", name), Path.Combine(data, "raw", name));
            IEnumerable<string> lines = VolumeFile.ReadLabels(label).Cells().Select((cell, index) => $"{cell.Label},{(index == 0 ? 1 : 2)},{index / 8.0},x");
            File.WriteAllLines(Path.Combine(data, "objects", VolumeName.Of(name) + ".csv"), ["label,class,hardness,remark", .. lines]);
        }

        return data;
    }

    private static long Parameters(JsonElement network) => network.GetProperty("trainings")[0].GetProperty("Parameters").GetInt64();

    private static void AssertComplete(JsonElement network)
    {
        JsonElement[] trainings = [.. network.GetProperty("trainings").EnumerateArray()];
        Assert.Equal([1, 2], trainings.Select(training => training.GetProperty("Seed").GetInt32()));
        foreach (string score in new[] { "paper AP@0.5", "AP", "AP50", "accuracy@0.5", "accuracy@0.75", "SEG" })
            Assert.Equal(JsonValueKind.Object, network.GetProperty("scores").GetProperty(score).ValueKind);
        foreach (string cost in new[] { "Parameters", "StepOperations", "OperationsPerMegavoxel", "SecondsPerStep", "SecondsPerMegavoxel", "Minutes" })
            Assert.All(trainings, training => Assert.True(training.GetProperty(cost).GetDouble() > 0, cost));
        Assert.All(trainings, training => Assert.Equal(4, training.GetProperty("Steps").GetInt64()));
        Assert.All(trainings, training => Assert.True(training.GetProperty("TrainingPeak").GetInt64() >= training.GetProperty("TrainingBase").GetInt64()));
    }
}
