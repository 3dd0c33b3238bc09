using System.Runtime.InteropServices;
using System.Text;
using Morula.Layers;
using Morula.Measuring;
using Morula.Options;
using Morula.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>
/// The rule that turns gradients into steps: AdamW (Loshchilov and Hutter 2019) or stochastic gradient descent with momentum. Every
/// number handed to the tensor library is held until the call is over: TorchSharp's own optimisers leave theirs to the garbage
/// collector, which may free one while native code reads it.
/// </summary>
internal sealed class Descent : IDisposable
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double SmallestDeviation = 1e-8;
    private readonly TrainingOptions options;
    private readonly IReadOnlyList<Parameter> taught;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;
    private readonly long[] steps;
    private readonly ScalarType kept;

    public Descent(IReadOnlyList<Parameter> taught, TrainingOptions options)
    {
        this.taught = taught;
        this.options = options;
        steps = new long[taught.Count];
        kept = options.Memory.StatePrecision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        means = [.. taught.Select(Blank)];
        squares = IsAdaptive ? [.. taught.Select(Blank)] : [];
    }

    private bool IsAdaptive => options.Optimizer == OptimizerKind.AdamW;

    /// <summary>Sets all gradients to 0.</summary>
    public void Clear()
    {
        foreach (Parameter parameter in taught)
        {
            using Tensor? gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public void Step(double learningRate)
    {
        using var guard = no_grad();
        for (int index = 0; index < taught.Count; index++)
        {
            using var scope = NewDisposeScope();
            if (taught[index].grad is not { } gradient) continue;
            steps[index]++;
            if (IsAdaptive) Adapt(index, gradient, learningRate);
            else Roll(index, gradient, learningRate);
        }
    }

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public long StateLength => sizeof(int) + (steps.LongLength * sizeof(long)) + means.Concat(squares).Sum(state => sizeof(long) + (state.numel() * sizeof(float)));

    /// <summary>Writes the running means, to go on from later; as float32, whatever they are kept in.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((int)options.Optimizer);
        foreach (long step in steps) writer.Write(step);
        foreach (Tensor state in means.Concat(squares))
        {
            using var scope = NewDisposeScope();
            writer.Write(state.numel());
            writer.Write(MemoryMarshal.AsBytes<float>(state.cpu().to(ScalarType.Float32).data<float>().ToArray()));
            HostGarbage.Collect();
        }
    }

    /// <summary>Takes up what <see cref="Save"/> returned.</summary>
    /// <exception cref="OptionsException">It belongs to another optimiser or another network.</exception>
    public void Load(byte[] saved)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using var reader = new BinaryReader(new MemoryStream(saved));
        Tensor[] states = [.. means, .. squares];
        if (saved.LongLength != StateLength || reader.ReadInt32() != (int)options.Optimizer)
            throw new OptionsException("the last checkpoint", "its optimiser's state is of another kind than the options describe; start a new run.");
        for (int index = 0; index < steps.Length; index++) steps[index] = reader.ReadInt64();
        foreach (Tensor state in states)
        {
            var values = new float[reader.ReadInt64()];
            for (int index = 0; index < values.Length; index++) values[index] = reader.ReadSingle();
            state.copy_(tensor(values, state.shape));
        }
    }

    /// <summary>Frees the running means.</summary>
    public void Dispose()
    {
        foreach (Tensor state in means.Concat(squares)) state.Dispose();
    }

    private Tensor Blank(Parameter parameter)
    {
        using var guard = no_grad();
        return zeros_like(parameter, dtype: kept).DetachFromDisposeScope();
    }

    // Where the state is kept in fewer bits it is widened for the step and rounded behind it.
    private static Tensor Wide(Tensor state) => state.dtype == ScalarType.Float32 ? state : state.to(ScalarType.Float32);

    private static void Keep(Tensor state, Tensor wide)
    {
        if (state.dtype != ScalarType.Float32) state.copy_(wide);
    }

    private void Adapt(int index, Tensor gradient, double learningRate)
    {
        using Scalar left = 1 - (learningRate * options.WeightDecay);
        using Scalar meanDecay = MeanDecay, meanShare = 1 - MeanDecay;
        using Scalar squareDecay = SquareDecay, squareShare = 1 - SquareDecay;
        using Scalar bias = Math.Sqrt(1 - Math.Pow(SquareDecay, steps[index])), smallest = SmallestDeviation;
        using Scalar change = -learningRate / (1 - Math.Pow(MeanDecay, steps[index]));
        taught[index].mul_(left);
        Tensor mean = Wide(means[index]).mul_(meanDecay).add_(gradient, meanShare);
        Tensor square = Wide(squares[index]).mul_(squareDecay).addcmul_(gradient, gradient, squareShare);
        Tensor deviation = square.sqrt().div_(bias).add_(smallest, Scalars.One);
        taught[index].addcdiv_(mean, deviation, change);
        Keep(means[index], mean);
        Keep(squares[index], square);
    }

    private void Roll(int index, Tensor gradient, double learningRate)
    {
        using Scalar momentum = options.Momentum, whole = 1, change = -learningRate;
        Tensor mean = Wide(means[index]).mul_(momentum).add_(gradient, whole);
        taught[index].add_(mean, change);
        Keep(means[index], mean);
    }
}
