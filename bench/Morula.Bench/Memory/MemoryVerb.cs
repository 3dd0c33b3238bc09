using System.CommandLine;
using Morula.Measuring;
using Morula.Samples;
using Morula.Synthesis;
using Morula.Tensors;
using Morula.Training;
using static TorchSharp.torch;

namespace Morula.Bench.Memory;

/// <summary>memory: does a long training stay within its memory?</summary>
internal static class MemoryVerb
{
    private const int ImageSide = 96;

    // An image and its labels take 6.75 MiB: four of the two dozen stay in the cache.
    private const int CacheMegabytes = 27;

    private static readonly Option<string> Options = new("--options") { Description = "Preset or file of options.", DefaultValueFactory = _ => "lean" };

    private static readonly Option<string[]> Set = new("--set") { Description = "Section.Key=value, over the options, such as Samples.Crop=[32].", DefaultValueFactory = _ => [] };

    private static readonly Option<int> Steps = new("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 1000 };

    private static readonly Option<int> Every = new("--every") { Description = "Steps between samples.", DefaultValueFactory = _ => 50 };

    private static readonly Option<int> Images = new("--images") { Description = "Synthetic images.", DefaultValueFactory = _ => 24 };

    private static readonly Option<string?> Data = new("--data") { Description = "Data set in the place of a synthetic one." };

    private static readonly Option<int> Threads = new("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private static readonly Option<string?> Out = new("--out") { Description = "Markdown file. Default: bench/results/memory.md." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("memory", "Trains on more images than the cache holds and watches the memory of the process.")
        {
            Options, Set, Steps, Every, Images, Data, Threads, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        string settings = Machine.Describe(TimeProvider.System);
        TorchLibrary.EnsureLoaded();
        MorulaOptions options = OptionsOf(parsed);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("morula-memory-");
        try
        {
            string data = parsed.GetValue(Data) ?? Synthesise(Path.Combine(folder.FullName, "data"), parsed.GetValue(Images));
            ProcessMemory.Collect();
            ProcessMemory.ResetPeak();
            var watch = new MemoryWatch(parsed.GetValue(Every));
            DataSet images = DataSet.Open(data, options.Samples, options.Training.Seed);
            new Trainer(options, images, new TrainingFolder(Path.Combine(folder.FullName, "run")), CPU, TimeProvider.System).Run(resume: false, watch, CancellationToken.None);
            string page = $"# Memory of a long training\n\n{settings}{Describe(parsed, options)}\n{MemoryReport.Verdict(watch.Samples)}\n{MemoryReport.Table(watch.Samples)}";
            Console.Out.Write(page);
            Repository.WriteResult(parsed.GetValue(Out), "memory.md", page);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MorulaOptions OptionsOf(ParseResult parsed)
    {
        string[] own =
        [
            $"Training.Steps={parsed.GetValue(Steps)}", $"Training.Threads={parsed.GetValue(Threads)}",
            "Training.ValidateEvery=0", "Training.ValidationImages=0", $"Samples.CacheMegabytes={CacheMegabytes}",
        ];
        return MorulaOptions.Read(parsed.GetRequiredValue(Options), [.. own, .. parsed.GetRequiredValue(Set)]);
    }

    private static string Synthesise(string folder, int count)
    {
        Console.Error.WriteLine($"synthesising {count} images");
        SyntheticDataSet.WriteEmbryos(folder, PackedScene.Options([ImageSide, ImageSide, ImageSide]), count, seed: 1);
        return folder;
    }

    private static string Describe(ParseResult parsed, MorulaOptions options) =>
        $"- options: {string.Join(' ', [parsed.GetRequiredValue(Options), .. parsed.GetRequiredValue(Set)])}; crop {string.Join(" x ", options.Samples.Crop)}; " +
        $"threads {parsed.GetValue(Threads)}; cache {options.Samples.CacheMegabytes} MiB; " +
        $"{(parsed.GetValue(Data) is null ? $"{parsed.GetValue(Images)} synthetic images of {ImageSide}^3" : "a given data set")}; no validation, a checkpoint every {options.Training.CheckpointEvery} steps\n";
}
