namespace Morula.Cli.Verbs;

/// <summary>The verbs of the command, in the order in which help lists them. Each has a file of its own beside this one.</summary>
internal static class All
{
    public static IEnumerable<Verb> Create() =>
    [
        DemoVerb.Create(), FitVerb.Create(), PlanVerb.Create(), TrainVerb.Create(), PredictVerb.Create(), TrackVerb.Create(), ViewVerb.Create(), CorrectVerb.Create(),
        EvaluateVerb.Create(), CalibrateVerb.Create(), CompareVerb.Create(), SynthesizeVerb.Create(), ExportVerb.Create(), ConvertVerb.Create(), InfoVerb.Create(), OptionsVerb.Create(), DoctorVerb.Create(), CompletionVerb.Create(),
        CompareMemberVerb.Create(), PredictPartVerb.Create(),
    ];
}
