using System.CommandLine;
using Morula.Options;
using Morula.Runs;
using Morula.Synthesis;

namespace Morula.Cli.Verbs;

/// <summary>morula synthesize: images whose truth is known.</summary>
internal static class SynthesizeVerb
{
    private static readonly Argument<string> Kind = new("kind") { Description = "toy (ellipsoids, cuboids and pyramids), embryo (membrane-marked cells), movie (an embryo that lives) or tissue (real shapes, from a label image).", CompletionSources = { "toy", "embryo", "movie", "tissue" } };

    private static readonly Option<string> Out = new("--out") { Description = "Data set folder: raw/, labels/, objects/.", HelpName = "folder", Required = true };

    private static readonly Option<int> Count = new("--count") { Description = "Number of images, or of frames.", HelpName = "number", DefaultValueFactory = _ => 10 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Number every random choice is drawn from.", HelpName = "number", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> Hard = new("--hard") { Description = "For embryo and movie: more noise, more missing membranes." };

    private static readonly Option<bool> Varied = new("--varied")
    {
        Description = "For embryo and tissue: every image has cells, voxels, membranes, light and noise of its own; cavities, envelopes, haze and bright dots are among them.",
    };

    public static Verb Create() => Verb.Create(
        "synthesize",
        "Makes seeded images whose truth is known, as a data set to train on.",
        [
            new VerbExample("synthesize embryo --out data --count 50 --seed 7", "50 embryos of 64 x 64 x 64 voxels"),
            new VerbExample("synthesize embryo --out data --hard --set Extent=[40,96,96] --set SpacingMicrometres=[1,0.4,0.4] --set CellCount=60", "noisy, anisotropic ones"),
            new VerbExample("synthesize embryo --out data --count 200 --varied", "embryos of many kinds, to teach a network that is to see images of others"),
            new VerbExample("synthesize movie --out movie --count 30 --set Embryo.CellCount=20", "30 frames with moving and dividing cells and tracks.csv"),
            new VerbExample("synthesize tissue --out data --set Labels=cells.tif --set Magnification=0.5", "membranes around the cells of a label image, turned at random"),
            new VerbExample("synthesize toy --out toy --count 500 --set Size=128", "the published toy set"),
        ],
        [Kind, Out, Count, Seed, Hard, Varied, CommonOptions.Set],
        Run);

    private static void Run(VerbContext context)
    {
        string folder = context.Value(Out);
        string[] set = context.Value(CommonOptions.Set);
        int count = context.Value(Count);
        int seed = context.Value(Seed);
        if (count < 1) throw new UsageException($"--count is {count}; at least 1 is expected.");
        bool varied = context.Value(Varied);
        if (varied) CheckVaried(context.Value(Kind), set, context.Value(Hard));
        EmbryoOptions embryo = context.Value(Hard) ? EmbryoOptions.Hard : EmbryoOptions.Easy;
        var lines = new CountLines(context, count);
        switch (context.Value(Kind))
        {
            case "toy":
                SyntheticDataSet.WriteToys(folder, SynthesisCheck.Require(OptionsFile.Override(new ToyOptions(), set)), count, seed, lines, context.Stop);
                break;
            case "embryo" when varied:
                SyntheticDataSet.WriteVariedEmbryos(folder, count, seed, lines, context.Stop);
                break;
            case "tissue" when varied:
                SyntheticDataSet.WriteVariedTissues(folder, SynthesisCheck.Require(OptionsFile.Override(new TissueOptions(), set)), count, seed, lines, context.Stop);
                break;
            case "embryo":
                SyntheticDataSet.WriteEmbryos(folder, SynthesisCheck.Require(OptionsFile.Override(embryo, set)), count, seed, lines, context.Stop);
                break;
            case "movie":
                EmbryoMovieOptions movie = SynthesisCheck.Require(OptionsFile.Override(new EmbryoMovieOptions { Embryo = embryo }, set)) with { Frames = count };
                SyntheticDataSet.WriteMovie(folder, movie, seed, lines, context.Stop);
                break;
            case "tissue":
                SyntheticDataSet.WriteTissues(folder, SynthesisCheck.Require(OptionsFile.Override(new TissueOptions { Optics = embryo }, set)), count, seed, lines, context.Stop);
                break;
            case string other:
                throw new UsageException($"there is nothing called \"{other}\" to synthesize; expected toy, embryo, movie or tissue.");
        }

        context.Result(new { folder, images = count, seed }, $"{folder}: {count} images");
    }

    // Options that would have no effect are refused.
    private static void CheckVaried(string kind, string[] set, bool hard)
    {
        if (kind is not ("embryo" or "tissue")) throw new UsageException($"--varied is for embryo and tissue, not for {kind}.");
        if (hard) throw new UsageException("--varied draws noise and missing membranes for every image; --hard goes with it as little as --set.");
        string? needless = Array.Find(set, text => kind == "embryo" || text.StartsWith("Optics.", StringComparison.OrdinalIgnoreCase));
        if (needless is not null) throw new UsageException($"--varied draws what --set {needless} would set; leave one of them out.");
    }

    private sealed class CountLines(VerbContext context, int count) : IProgress<int>
    {
        public void Report(int value) => context.Progress.Report(value, count, caption: $"image {value}/{count}");
    }
}
