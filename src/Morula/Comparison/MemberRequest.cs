using Morula.Formats;
using Morula.Options;
using Morula.Samples;

namespace Morula.Comparison;

/// <summary>What one process of a comparison is asked to do.</summary>
/// <param name="Name">Of the network.</param>
/// <param name="Stage">What to do.</param>
/// <param name="Options">Options of the training, as JSON.</param>
/// <param name="Data">Index file of the data set.</param>
/// <param name="HeldOut">Split to be judged on.</param>
/// <param name="Folder">Receives the results.</param>
/// <param name="AsMovie">Whether the held-out images are predicted and judged as the frames of a movie.</param>
public sealed record MemberRequest(string Name, MemberStage Stage, string Options, string Data, Split HeldOut, string Folder, bool AsMovie = false)
{
    /// <summary>Whether this is the segmentation without learning, which needs no tensors.</summary>
    public bool IsClassical => Name == ComparisonPlan.Classical;

    internal MorulaOptions ParsedOptions => OptionsFile.Parse<MorulaOptions>(Options, Name, []);

    internal MemberFolder Results => new(Folder);

    /// <summary>Reads a request.</summary>
    /// <exception cref="VolumeFormatException">The file is not there or is no request.</exception>
    public static MemberRequest Read(string path) => JsonText.Read<MemberRequest>(path);

    internal string Save()
    {
        string path = Results.Request(Stage);
        AtomicFile.WriteText(path, JsonText.Of(this));
        return path;
    }
}
