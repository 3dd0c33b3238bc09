using Morula.Samples;
using Morula.Synthesis;
using Morula.Tests.Formats;
using Morula.Tests.Training;

namespace Morula.Tests.Comparison;

/// <summary>A movie of six frames of 24 voxels a side, the last three of them held out, and options of two tiny networks.</summary>
public sealed class TinyMovie : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private int names;

    public TinyMovie()
    {
        Data = temporary["movie"];
        SyntheticDataSet.WriteMovie(Data, Options, seed: 3);
    }

    public static EmbryoMovieOptions Options => new() { Embryo = TinyTraining.Embryo, Frames = 6, DivisionRate = 0.2 };

    /// <summary>Of a network that sees single frames.</summary>
    public static MorulaOptions Volumes => HoldingOut("t003..t005");

    /// <summary>Of a network that sees clips of three frames.</summary>
    public static MorulaOptions Movies => SeeingMovies(Volumes, 3);

    public string Data { get; }

    public static MorulaOptions HoldingOut(params string[] names) => TinyTraining.Options with { Samples = new SampleOptions { Crop = [16], Validation = names } };

    /// <summary>The same network with a time axis.</summary>
    public static MorulaOptions SeeingMovies(MorulaOptions options, int frames) => options with
    {
        Samples = options.Samples with { Crop = [frames, 16, 16, 16] },
        Model = options.Model with { Rank = 4, Proposals = options.Model.Proposals with { AnchorFrames = [1, 3] } },
    };

    /// <summary>A copy of the movie to be changed.</summary>
    public string Copy()
    {
        string folder = temporary[$"copy{names++}"];
        foreach (string path in Directory.GetFiles(Data, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(Data, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return folder;
    }

    public void Dispose() => temporary.Dispose();
}
