using Morula.Cli;
using Morula.Options;
using Morula.Tests.Formats;
using Morula.Tests.Training;
using TorchSharp;

namespace Morula.Tests.Cli;

/// <summary>What a user has behind his first training: data/, tiny.json and run/, made by the command itself.</summary>
public sealed class TrainedFolder : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly int threadsBefore = torch.get_num_threads();
    private int names;

    public TrainedFolder()
    {
        torch.set_num_threads(1);
        Data = temporary["data"];
        Options = temporary["tiny.json"];
        Run = temporary["run"];
        File.WriteAllText(Options, OptionsFile.Write(TinyTraining.Options));
        string[] embryo = ["--set", "Extent=24,24,24", "--set", "CellCount=5", "--set", "SpacingMicrometres=0.5,0.5,0.5"];
        Synthesis = Command(["synthesize", "embryo", "--out", Data, "--count", "3", "--seed", "4", .. embryo]);
        Training = Command("train", Options, "--data", Data, "--out", Run, "--set", "Training.Steps=4", "--set", "Training.ValidateEvery=2");
    }

    public string Data { get; }

    public string Options { get; }

    public string Run { get; }

    public string Model => Path.Combine(Run, "best.safetensors");

    public (int Code, string Output, string Error) Synthesis { get; }

    public (int Code, string Output, string Error) Training { get; }

    public string Image(int index) => Path.Combine(Data, "raw", $"{index:00000}.tif");

    public string Labels(int index) => Path.Combine(Data, "labels", $"{index:00000}.tif");

    /// <summary>A path that nothing stands at.</summary>
    public string NewPath(string extension = "") => temporary[$"new{names++}{extension}"];

    /// <summary>A data set of two training images that a test may spoil.</summary>
    public string CopyOfData()
    {
        string copy = NewPath();
        foreach (string part in new[] { "raw", "labels" })
        {
            Directory.CreateDirectory(Path.Combine(copy, part));
            for (int index = 0; index < 2; index++)
                File.Copy(Path.Combine(Data, part, $"{index:00000}.tif"), Path.Combine(copy, part, $"{index:00000}.tif"));
        }

        return copy;
    }

    /// <summary>Runs the command in this process.</summary>
    public static (int Code, string Output, string Error) Command(params string[] args)
    {
        using var error = new StringWriter();
        return Command(args, error, CancellationToken.None);
    }

    /// <summary>As above, with a writer of one's own for errors.</summary>
    public static (int Code, string Output, string Error) Command(string[] args, StringWriter error, CancellationToken stop)
    {
        using var output = new StringWriter();
        int code = CommandLine.Run(args, output, error, stop);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        torch.set_num_threads(threadsBefore);
        temporary.Dispose();
    }
}
