using Morula.Model;
using Morula.Sharing;
using Morula.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>One step of descent: losses, gradients, update. Owns the state of the descent.</summary>
internal sealed class Stepper : IDisposable
{
    private readonly MaskRcnn model;
    private readonly TrainingOptions options;
    private readonly Descent descent;
    private readonly TrainedParts parts;
    private readonly List<TorchSharp.Modules.Parameter> taught;
    private readonly StepShare? share;

    public Stepper(MaskRcnn model, TrainingOptions options, TrainedParts parts, IProcessGroup? group = null)
    {
        this.model = model;
        this.options = options;
        this.parts = parts;
        Memory = options.Memory;
        taught = [.. model.ParametersOf(parts)];
        descent = new Descent(taught, options);
        PrepareGradients();
        if (group is { Count: > 1 }) share = new StepShare(group, model, parts);
    }

    /// <summary>Means that bound the memory of the next steps.</summary>
    public MemoryOptions Memory { get; set; }

    /// <summary>Told of the means before every step; a test lets it fail as an allocation would.</summary>
    public Action<MemoryOptions>? Probe { get; init; }

    /// <summary>Whether weights are being changed: what fails then cannot be repeated.</summary>
    public bool IsUpdating { get; private set; }

    /// <summary>Takes one step with one source of chance for all images.</summary>
    public IReadOnlyDictionary<string, double>? Step(Batch batch, Random random, double learningRate) =>
        Step(batch, [.. Enumerable.Repeat(random, batch.Truth.Count)], learningRate);

    /// <summary>Takes one step; the losses by name, or null where they are not finite and no weight was changed.</summary>
    /// <param name="batch">Images of this process.</param>
    /// <param name="chances">Per image, choose the anchors and regions that count.</param>
    /// <param name="learningRate">Of the step.</param>
    public IReadOnlyDictionary<string, double>? Step(Batch batch, IReadOnlyList<Random> chances, double learningRate)
    {
        using var scope = NewDisposeScope();
        descent.Clear();
        Dictionary<string, double> values = share is null
            ? new(Teach(batch, chances, new WholeBatch()), StringComparer.Ordinal)
            : share.Take(Memory, () => Teach(batch, chances, share), MemoryFault.Is);
        if (values.Values.Any(value => !double.IsFinite(value))) return null;
        Penalise();
        if (options.GradientNorm > 0) values["gradient norm"] = nn.utils.clip_grad_norm_(taught, options.GradientNorm);
        IsUpdating = true;
        descent.Step(learningRate);
        IsUpdating = false;
        values["learning rate"] = learningRate;
        return values;
    }

    public NamedArray SaveState() => Checkpoint.StateOfOptimizer(descent.StateLength, descent.Save);

    public void LoadState(byte[] state) => descent.Load(state);

    public void Dispose() => descent.Dispose();

    private IReadOnlyDictionary<string, double> Teach(Batch batch, IReadOnlyList<Random> chances, IBatchShare part)
    {
        Probe?.Invoke(Memory);
        return model.Teach(batch, chances, parts, Memory, part);
    }

    // A weight that no loss reached in a step is moved by its momentum where it has a zero gradient and rests where it has none;
    // giving all of them one from the start makes a resumed run do as the uninterrupted one does.
    private void PrepareGradients()
    {
        using var guard = no_grad();
        foreach (var parameter in taught)
        {
            using Tensor? before = parameter.grad;
            if (before is not null) continue;
            using Tensor none = zeros_like(parameter);
            parameter.grad = none;
        }
    }

    private void Penalise()
    {
        if (options.MeanSquarePenalty == 0) return;
        using var guard = no_grad();
        foreach (var parameter in taught)
        {
            using Tensor? gradient = parameter.grad;
            if (gradient is null) continue;
            using Scalar factor = 2 * options.MeanSquarePenalty / parameter.numel();
            gradient.add_(parameter, factor);
        }
    }
}
