using System.Globalization;
using Morula.Formats;
using Morula.Model;

namespace Morula.Training;

/// <summary>Where a training stands, as its checkpoints keep it beside weights and optimiser.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Parts">What the last step taught.</param>
/// <param name="Validated">Step of the last validation; 0 before the first.</param>
/// <param name="BestScore">Best validation score; minus infinity before the first.</param>
/// <param name="Minutes">Wall-clock time spent, over all sittings.</param>
/// <param name="Images">Number of training images.</param>
internal sealed record TrainingState(long Step, TrainedParts Parts, long Validated, double BestScore, double Minutes, int Images)
{
    private const string StepKey = "step";
    private const string PartsKey = "taught parts";
    private const string ValidatedKey = "validated step";
    private const string BestKey = "best score";
    private const string MinutesKey = "minutes";
    private const string ImagesKey = "training images";

    public static TrainingState Start(TrainedParts parts, int images) => new(0, parts, 0, double.NegativeInfinity, 0, images);

    public static TrainingState Of(Checkpoint checkpoint, string path)
    {
        return new TrainingState(
            Read(StepKey, text => long.Parse(text, CultureInfo.InvariantCulture)),
            Read(PartsKey, Enum.Parse<TrainedParts>),
            Read(ValidatedKey, text => long.Parse(text, CultureInfo.InvariantCulture)),
            Read(BestKey, text => double.Parse(text, CultureInfo.InvariantCulture)),
            Read(MinutesKey, text => double.Parse(text, CultureInfo.InvariantCulture)),
            Read(ImagesKey, text => int.Parse(text, CultureInfo.InvariantCulture)));

        T Read<T>(string key, Func<string, T> parse)
        {
            try
            {
                return parse(checkpoint.Metadata[key]);
            }
            catch (Exception error) when (error is KeyNotFoundException or FormatException or ArgumentException or OverflowException)
            {
                throw new VolumeFormatException(path, $"the checkpoint does not say \"{key}\", so training cannot go on from it; start anew.", error);
            }
        }
    }

    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
        [PartsKey] = Parts.ToString(),
        [ValidatedKey] = Validated.ToString(CultureInfo.InvariantCulture),
        [BestKey] = BestScore.ToString("R", CultureInfo.InvariantCulture),
        [MinutesKey] = Minutes.ToString("R", CultureInfo.InvariantCulture),
        [ImagesKey] = Images.ToString(CultureInfo.InvariantCulture),
    };
}
