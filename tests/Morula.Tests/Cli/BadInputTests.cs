using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Morula.Cli;
using Morula.Formats;
using Morula.Tests.Formats;
using Morula.Volumes;
using Xunit;

namespace Morula.Tests.Cli;

/// <summary>Whatever is wrong with a user's files or command: one line that says so, exit code 2, and nothing destroyed.</summary>
public sealed class BadInputTests(TrainedFolder trained) : IClassFixture<TrainedFolder>
{
    [Fact]
    public void Predicting_a_file_that_is_not_there() =>
        Refused(Predict(trained.NewPath(".tif")), "there is no such image");

    [Fact]
    public void Predicting_nothing() =>
        Refused(TrainedFolder.Command("predict", "--model", trained.Model, "--out", trained.NewPath()), "<images> is missing");

    [Fact]
    public void Predicting_a_folder_without_images()
    {
        string empty = trained.NewPath();
        Directory.CreateDirectory(empty);
        Refused(Predict(empty), "the folder holds no image");
    }

    [Fact]
    public void Predicting_a_text_that_is_called_an_image()
    {
        string path = trained.NewPath(".tif");
        File.WriteAllText(path, "This is no image.");
        Refused(Predict(path), path);
    }

    [Fact]
    public void Predicting_half_a_file()
    {
        string path = trained.NewPath(".tif");
        byte[] whole = File.ReadAllBytes(trained.Image(0));
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        Refused(Predict(path), path);
    }

    [Fact]
    public void Predicting_an_image_with_a_voxel_that_is_no_number()
    {
        string path = trained.NewPath(".tif");
        WriteWithNaN(path);
        Refused(Predict(path), "1 voxels are not finite numbers, the first (NaN) at Z 1, Y 2, X 3");
    }

    [Fact]
    public void Predicting_a_movie_with_a_network_for_single_images()
    {
        string path = trained.NewPath(".tif");
        VolumeFile.Write(path, new Volume(new Extent(2, 8, 8, 8), Spacing.Unit(4), new float[1024]));
        Refused(Predict(path), "is a movie of 2 frames but the network (Model.Rank 3) sees single images");
    }

    [Fact]
    public void Predicting_an_image_without_voxel_size_with_a_network_that_has_a_spacing()
    {
        string path = trained.NewPath(".tif");
        HandmadeTiff.Write(path, new HandmadeTiff { Width = 8, Height = 8, Planes = [.. Enumerable.Repeat(new byte[64], 8)] });
        Assert.Equal(0, Predict(path).Code);
        Refused(Predict(path, "--set", "Samples.Spacing=0.5"), "states no voxel size");
    }

    [Fact]
    public void Predicting_over_the_images_themselves()
    {
        byte[] before = File.ReadAllBytes(trained.Image(0));
        string raw = Path.Combine(trained.Data, "raw");
        Refused(TrainedFolder.Command("predict", raw, "--model", trained.Model, "--out", raw, "--overwrite", "-q"), "the result would replace the image");
        Assert.Equal(before, File.ReadAllBytes(trained.Image(0)));
    }

    [Fact]
    public void Predicting_with_tiles_that_have_no_core()
    {
        Refused(Predict(trained.Image(0), "--set", "Inference.Tile=16,16,16", "--set", "Inference.Halo=8,8,8"), "Inference.Tile is 16 along axis 0, no more than twice Inference.Halo, 8");
        Refused(Predict(trained.Image(0), "--set", "Inference.MostVoxels=4096", "--set", "Inference.Halo=9,9,9"), "Inference.Tile and Inference.Halo: ");
    }

    [Fact]
    public void A_checkpoint_that_is_not_there() =>
        Refused(PredictWith(trained.NewPath(".safetensors")), "there is no such checkpoint");

    [Fact]
    public void A_checkpoint_that_is_something_else() => Refused(PredictWith(trained.Image(0)), "this is not a safetensors file");

    [Fact]
    public void Half_a_checkpoint()
    {
        string path = trained.NewPath(".safetensors");
        byte[] whole = File.ReadAllBytes(trained.Model);
        foreach (int length in new[] { 4, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Refused(PredictWith(path), "truncated");
        }
    }

    [Fact]
    public void A_checkpoint_of_another_version()
    {
        string path = trained.NewPath(".safetensors");
        byte[] bytes = File.ReadAllBytes(trained.Model);
        byte[] key = Encoding.UTF8.GetBytes("\"morula.format\":\"1\"");
        int place = bytes.AsSpan().IndexOf(key);
        Assert.True(place > 0);
        bytes[place + key.Length - 2] = (byte)'9';
        File.WriteAllBytes(path, bytes);
        Refused(PredictWith(path), "the checkpoint has format version 9, this program reads version 1");
    }

    [Theory]
    [InlineData("--set: Training.Stepz is not an option; the nearest is Training.Steps.", "Training.Stepz=3")]
    [InlineData("--set: Training.Steps is 0 but must be between", "Training.Steps=0")]
    [InlineData("--set: Training.Steps is \"many\" but must be a whole number", "Training.Steps=many")]
    [InlineData("--set: \"Training.Steps\" is not of the form Section.Key=value.", "Training.Steps")]
    [InlineData("Model.Backbone.StemStride has 2 numbers; 1 or 3 are expected at rank 3.", "Model.Backbone.StemStride=1,2")]
    [InlineData("Model.Backbone.Stages is empty", "Model.Backbone.Stages=[]")]
    [InlineData("Model.Proposals.Anchors lists 3 levels from level 0 (FirstLevel) but the pyramid has 2.", "Model.Proposals.Anchors=[[[8]],[[9]],[[10]]]")]
    [InlineData("Samples.LowPercentile is 99.9 but must be below Samples.HighPercentile", "Samples.LowPercentile=99.9")]
    [InlineData("Samples.Crop is 2 along axis 0 but the coarsest level of the network steps by 4", "Samples.Crop=2")]
    [InlineData("Samples.Crop: 2 sizes (16 16) for images of 3 axes", "Samples.Crop=16,16")]
    public void Options_that_do_not_fit(string expected, string set)
    {
        string run = trained.NewPath();
        Refused(Train(trained.Data, run, "--set", set), expected);
        Assert.False(Directory.Exists(run) && Directory.EnumerateFileSystemEntries(run).Any());
    }

    [Fact]
    public void Options_that_are_not_there() =>
        Refused(TrainedFolder.Command("train", "leen", "--data", trained.Data, "--out", trained.NewPath()), "nor a preset of this name; presets are large, lean, lean4d, nano, reference.");

    [Fact]
    public void An_options_file_of_an_unknown_preset()
    {
        string path = trained.NewPath(".json");
        File.WriteAllText(path, """{ "Preset": "fat" }""");
        Refused(TrainedFolder.Command("train", path, "--data", trained.Data, "--out", trained.NewPath()), "Preset is \"fat\"; expected one of large, lean, lean4d, nano, reference.");
    }

    [Fact]
    public void Training_on_nothing() => Refused(Train(trained.NewPath(), trained.NewPath()), "no such data set");

    [Fact]
    public void Training_on_an_image_without_labels() => Spoilt((_, labels) => File.Delete(labels), "has no labels");

    [Fact]
    public void Training_on_half_a_file() => Spoilt((image, _) => File.WriteAllBytes(image, File.ReadAllBytes(image)[..2000]), "00000.tif");

    [Fact]
    public void Training_on_a_text() => Spoilt((image, _) => File.WriteAllText(image, "no image"), "00000.tif");

    [Fact]
    public void Training_on_labels_of_another_size() =>
        Spoilt((_, labels) => VolumeFile.Write(labels, new LabelVolume(new Extent(9, 24, 24), new Spacing(0.5, 0.5, 0.5), [.. Enumerable.Repeat(1, 9 * 576)])), "do not cover the field");

    [Fact]
    public void Training_on_labels_that_are_fractions() =>
        Spoilt((_, labels) => VolumeFile.Write(labels, new Volume(new Extent(24, 24, 24), Spacing.Unit(3), new float[13824])), "voxels are Float32 but labels are integers");

    [Fact]
    public void Training_on_labels_without_a_cell() =>
        Spoilt((_, labels) => VolumeFile.Write(labels, new LabelVolume(new Extent(24, 24, 24), Spacing.Unit(3), new int[13824])), "holds no cell");

    [Fact]
    public void Training_on_an_image_with_a_voxel_that_is_no_number() => Spoilt((image, _) => WriteWithNaN(image), "not finite");

    [Fact]
    public void Training_on_classes_that_have_no_name()
    {
        string data = trained.CopyOfData();
        Directory.CreateDirectory(Path.Combine(data, "objects"));
        File.WriteAllText(Path.Combine(data, "objects", "00001.csv"), "label,class\n1,1\n2,3\n");
        Refused(Train(data, trained.NewPath()), "label 2 is of class 3 but Model.Classes names 1 (cell)");
    }

    [Fact]
    public void Training_a_network_for_planes_on_volumes() =>
        Refused(Train(trained.Data, trained.NewPath(), "--set", "Model.Rank=2"), "has 24 slices but the network (Model.Rank 2) sees planes");

    [Fact]
    public void Resuming_what_was_never_started()
    {
        string empty = trained.NewPath();
        Directory.CreateDirectory(empty);
        foreach (string run in new[] { empty, trained.NewPath() })
            Refused(TrainedFolder.Command("train", "--data", trained.Data, "--out", run, "--resume"), "holds no training to resume");
    }

    [Fact]
    public void Resuming_with_another_network()
    {
        byte[] before = File.ReadAllBytes(Path.Combine(trained.Run, "last.safetensors"));
        Refused(
            TrainedFolder.Command("train", "--data", trained.Data, "--out", trained.Run, "--resume", "--set", "Model.Backbone.PyramidWidth=8"),
            "--set: Model.Backbone.PyramidWidth is 8 but the training to be resumed has 4");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(trained.Run, "last.safetensors")));
    }

    [Fact]
    public void An_output_folder_that_holds_something()
    {
        string full = trained.NewPath();
        Directory.CreateDirectory(full);
        File.WriteAllText(Path.Combine(full, "kept.txt"), "kept");
        Refused(Train(trained.Data, full), "not empty; choose another or pass --overwrite, or --resume");
        Refused(TrainedFolder.Command("predict", trained.Image(0), "--model", trained.Model, "--out", full), "not empty; choose another or pass --overwrite, or --resume");
        Refused(TrainedFolder.Command("demo", "--out", full), "not empty; choose another or pass --overwrite.");
        Assert.Equal("kept", File.ReadAllText(Path.Combine(full, "kept.txt")));
        Assert.Single(Directory.GetFileSystemEntries(full));
        Assert.Equal(0, TrainedFolder.Command("predict", trained.Image(0), "--model", trained.Model, "--out", full, "--overwrite", "-q").Code);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(full, "kept.txt")));
    }

    [Fact]
    public void Evaluating_what_is_not_there()
    {
        string labels = Path.Combine(trained.Data, "labels");
        Refused(TrainedFolder.Command("evaluate", "--truth", labels, "--prediction", trained.NewPath()), "no such file or folder; name the prediction.");
        Refused(TrainedFolder.Command("evaluate", "--truth", trained.NewPath(), "--prediction", labels), "no such file or folder; name the truth.");
    }

    [Fact]
    public void Evaluating_folders_that_do_not_pair()
    {
        string other = trained.NewPath();
        Directory.CreateDirectory(other);
        File.Copy(trained.Labels(0), Path.Combine(other, "else.tif"));
        foreach (string[] more in new string[][] { [], ["--partial"] })
        {
            Refused(
                TrainedFolder.Command(["evaluate", "--truth", Path.Combine(trained.Data, "labels"), "--prediction", other, .. more]),
                "no prediction for the truth file 00000.tif and 2 more of 3");
        }
    }

    [Fact]
    public void Synthesising_what_does_not_fit()
    {
        foreach (string[] set in new string[][] { ["Extent=[8,8,8,8]"], ["SpacingMicrometres=1"], ["Extent=[8,8,8]", "CellCount=5000"] })
        {
            string folder = trained.NewPath();
            Refused(TrainedFolder.Command(["synthesize", "embryo", "--out", folder, "--count", "1", .. set.SelectMany(one => new[] { "--set", one })]), "options: ");
            Assert.False(Directory.Exists(folder));
        }
    }

    [Theory]
    [InlineData("--varied is for embryo and tissue, not for movie", "movie")]
    [InlineData("leave one of them out", "embryo", "--set", "CellCount=5")]
    [InlineData("leave one of them out", "tissue", "--set", "Labels=cells.tif", "--set", "Optics.Photons=5")]
    [InlineData("--hard goes with it", "embryo", "--hard")]
    public void Options_that_would_have_no_effect_on_varied_images(string expected, string kind, params string[] more)
    {
        string folder = trained.NewPath();
        Refused(TrainedFolder.Command(["synthesize", kind, "--out", folder, "--count", "1", "--varied", .. more]), expected);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_disk_that_fills_up_in_training()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        string run = trained.NewPath();
        Directory.CreateDirectory(run);
        File.CreateSymbolicLink(Path.Combine(run, "log.jsonl"), "/dev/full");
        Refused(Train(trained.Data, run, "--overwrite"), "the disk is full");
    }

    [Fact]
    public void A_disk_too_small_for_a_prediction()
    {
        string disk = trained.NewPath();
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Shell("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk), "no small disk can be mounted here");
        try
        {
            File.WriteAllText(Path.Combine(disk, "kept.txt"), "kept");
            Refused(TrainedFolder.Command("predict", trained.Image(0), "--model", trained.Model, "--out", disk, "--overwrite", "-q"), "the disk is full");
            Assert.Equal([Path.Combine(disk, "kept.txt")], Directory.GetFiles(disk, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }));
        }
        finally
        {
            Shell("umount", disk);
        }
    }

    private static bool Shell(string command, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(command, args) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void WriteWithNaN(string path)
    {
        var planes = new float[24][];
        for (int plane = 0; plane < planes.Length; plane++) planes[plane] = new float[576];
        planes[1][(24 * 2) + 3] = float.NaN;
        HandmadeTiff.Write(path, new HandmadeTiff
        {
            Width = 24, Height = 24, Bits = 32, Format = 3, Planes = [.. planes.Select(plane => MemoryMarshal.AsBytes(plane.AsSpan()).ToArray())],
        });
    }

    private static void Refused((int Code, string Output, string Error) answer, string expected)
    {
        Assert.Equal((ExitCode.Refused, string.Empty), (answer.Code, answer.Output));
        Assert.StartsWith("morula: ", answer.Error);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
    }

    // Whatever is wrong with one of two training images, results of an earlier training are still there behind it.
    private void Spoilt(Action<string, string> spoil, string expected)
    {
        string data = trained.CopyOfData();
        string run = trained.NewPath();
        Directory.CreateDirectory(run);
        foreach (string file in Directory.GetFiles(trained.Run)) File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
        spoil(Path.Combine(data, "raw", "00000.tif"), Path.Combine(data, "labels", "00000.tif"));
        Refused(Train(data, run, "--overwrite", "--set", "Samples.ValidationShare=0"), expected);
        foreach (string file in Directory.GetFiles(trained.Run))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(run, Path.GetFileName(file))));
    }

    private (int Code, string Output, string Error) Train(string data, string run, params string[] more) =>
        TrainedFolder.Command(["train", trained.Options, "--data", data, "--out", run, "-q", .. more]);

    private (int Code, string Output, string Error) Predict(string image, params string[] more) =>
        TrainedFolder.Command(["predict", image, "--model", trained.Model, "--out", trained.NewPath(), "-q", .. more]);

    private (int Code, string Output, string Error) PredictWith(string model) =>
        TrainedFolder.Command("predict", trained.Image(0), "--model", model, "--out", trained.NewPath(), "-q");
}
