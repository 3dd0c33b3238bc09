using System.CommandLine;
using Morula.Baseline;
using Morula.Formats;
using Morula.Samples;
using Morula.Volumes;

namespace Morula.Bench;

/// <summary>bench classical: a tuned watershed on the images of a data set, as label volumes that any evaluation reads.</summary>
internal static class ClassicalVerb
{
    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "Data set: raw/ and labels/, or an index file." };
        var tune = new Option<string[]>("--tune") { Description = "Names, globs or ranges of the images to choose parameters on.", Required = true, AllowMultipleArgumentsPerToken = true };
        var find = new Option<string[]>("--find") { Description = "Names, globs or ranges of the images to segment.", Required = true, AllowMultipleArgumentsPerToken = true };
        var target = new Option<string>("--out") { Description = "Folder for NAME.tif.", Required = true };
        var command = new Command("classical", "Segments images by smoothing, h-minima and a seeded watershed, tuned on others.") { data, tune, find, target };
        command.SetAction(parsed => Run(parsed.GetValue(data)!, parsed.GetValue(tune)!, parsed.GetValue(find)!, parsed.GetValue(target)!));
        return command;
    }

    private static void Run(string data, string[] tune, string[] find, string target)
    {
        var samples = new SampleOptions { Training = tune, Test = find, ValidationShare = 0 };
        DataSet set = DataSet.Open(data, samples, seed: 1);
        BaselineChoice choice = BaselineTuning.Choose([.. set.Of(Split.Training).Select(Read)]);
        Console.WriteLine($"{choice.Options}");
        Directory.CreateDirectory(target);
        foreach (Pair pair in set.Of(Split.Test))
            VolumeFile.Write(Path.Combine(target, VolumeName.Of(pair.ImagePath) + ".tif"), ClassicalSegmentation.Find(VolumeFile.ReadImage(pair.ImagePath, rank: 3), choice.Options).Labels);
    }

    private static TuningImage Read(Pair pair)
    {
        Volume image = VolumeFile.ReadImage(pair.ImagePath, rank: 3);
        return new TuningImage(image, VolumeFile.ReadLabels(pair.LabelPath, rank: 3).Resample(image.Extent));
    }
}
