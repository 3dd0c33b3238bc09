using Morula.Model;

namespace Morula.Planning;

/// <summary>Foretells memory from options and sizes alone: the layers are walked without numbers and every tensor is booked from birth to end.</summary>
public static class MemoryPlanner
{
    /// <summary>A training step.</summary>
    public static MemoryPlan Training(TrainingLoad load)
    {
        load = load with { Model = WithAnchors(load.Model) };
        var ledger = new Ledger();
        ProcessSketch.Begin(ledger, load);
        new StepSketch(load).Run(ledger);
        return ledger.ToPlan();
    }

    /// <summary>The prediction of one image.</summary>
    public static MemoryPlan Prediction(PredictionLoad load)
    {
        load = load with { Model = WithAnchors(load.Model) };
        var ledger = new Ledger();
        if (load.Beside is { } training) BookTraining(ledger, training);
        else if (load.BooksProcess) ProcessSketch.Begin(ledger);
        new PredictionSketch(load).Run(ledger);
        return ledger.ToPlan();
    }

    /// <summary>Learnt numbers of a network.</summary>
    public static long Parameters(ModelOptions model) => new StepSketch(new TrainingLoad(
        WithAnchors(model), new MemoryOptions(), new Volumes.Extent([.. Enumerable.Repeat(8, model.Rank)]), 1, 1, 0)).Parameters;

    private static void BookTraining(Ledger ledger, TrainingLoad training)
    {
        ProcessSketch.Begin(ledger, training);
        new StepSketch(training with { Model = WithAnchors(training.Model) }).BookState(ledger);
    }

    // Where anchors are fitted to the cells later, as many as will be.
    private static ModelOptions WithAnchors(ModelOptions model)
    {
        if (model.Proposals.Anchors.Count > 0) return model;
        int levels = Math.Min(model.Proposals.AnchorLevels, model.Backbone.Stages.Count + model.Backbone.ExtraLevels - model.Proposals.FirstLevel);
        IReadOnlyList<double> side = [model.Regions.CanonicalSide];
        return model with { Proposals = model.Proposals with { Anchors = [.. Enumerable.Range(0, levels).Select(_ => Enumerable.Repeat(side, model.Proposals.AnchorsPerLevel).ToArray())] } };
    }
}
