using Morula.Options;
using Morula.Training;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Training;

public class DescentTests
{
    private const double Rate = 0.01;

    private static readonly TrainingOptions Adaptive = new() { WeightDecay = 0.1 };

    private static readonly TrainingOptions Rolling = new() { Optimizer = OptimizerKind.Sgd };

    [Theory, InlineData(OptimizerKind.AdamW), InlineData(OptimizerKind.Sgd)]
    public void Steps_are_those_of_the_tensor_library(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        TrainingOptions options = Of(kind);
        List<Parameter> own = Weights(scope), theirs = Weights(scope);
        using var descent = new Descent(own, options);
        using optim.Optimizer expected = kind == OptimizerKind.AdamW
            ? optim.AdamW(theirs, Rate, weight_decay: options.WeightDecay)
            : optim.SGD(theirs, Rate, options.Momentum);
        for (int step = 0; step < 10; step++)
        {
            descent.Clear();
            expected.zero_grad();
            Loss(own, step).backward();
            Loss(theirs, step).backward();
            descent.Step(Rate);
            expected.step();
        }

        Assert.All(own.Zip(theirs), pair => Assert.Equal(pair.Second.data<float>().ToArray(), pair.First.data<float>().ToArray()));
    }

    [Theory, InlineData(OptimizerKind.AdamW), InlineData(OptimizerKind.Sgd)]
    public void Saved_and_loaded_goes_on_as_if_never_stopped(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        List<Parameter> weights = Weights(scope);
        using var first = new Descent(weights, Of(kind));
        Take(first, weights, 0, 5);
        List<Parameter> copies = [.. weights.Select(weight => Own(scope, new Parameter(weight.detach().clone())))];
        using var second = new Descent(copies, Of(kind));
        second.Load(Saved(first));
        Take(first, weights, 5, 10);
        Take(second, copies, 5, 10);
        Assert.All(weights.Zip(copies), pair => Assert.Equal(pair.First.data<float>().ToArray(), pair.Second.data<float>().ToArray()));
    }

    [Fact]
    public void A_parameter_without_gradient_stays()
    {
        using var scope = NewDisposeScope();
        List<Parameter> weights = Weights(scope);
        float[] before = weights[1].data<float>().ToArray();
        using var descent = new Descent(weights, Adaptive);
        descent.Clear();
        weights[0].sum().backward();
        descent.Step(Rate);
        Assert.Equal(before, weights[1].data<float>().ToArray());
    }

    [Fact]
    public void State_of_another_optimiser_is_refused()
    {
        using var scope = NewDisposeScope();
        using var adaptive = new Descent(Weights(scope), Adaptive);
        using var rolling = new Descent(Weights(scope), Rolling);
        Assert.Throws<OptionsException>(() => adaptive.Load(Saved(rolling)));
    }

    // Making a parameter alone changes the library's count, so the count is taken behind it.
    [Theory, InlineData(OptimizerKind.AdamW), InlineData(OptimizerKind.Sgd)]
    public void Steps_leave_no_tensor(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        List<Parameter> weights = Weights(scope);
        long before = Tensor.TotalCount;
        using (var descent = new Descent(weights, Of(kind)))
        {
            Take(descent, weights, 0, 5);
            descent.Load(Saved(descent));
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    // The collector may run between any two instructions: a number that nothing holds is then freed under the native code's hands.
    [Fact]
    public void Garbage_collections_at_any_time_change_nothing()
    {
        using var scope = NewDisposeScope();
        List<Parameter> disturbed = Weights(scope), calm = Weights(scope);
        using var first = new Descent(disturbed, Adaptive);
        using var second = new Descent(calm, Adaptive);
        bool stop = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref stop)) GC.Collect(0);
        });
        collector.Start();
        Take(first, disturbed, 0, 300);
        Volatile.Write(ref stop, true);
        collector.Join();
        Take(second, calm, 0, 300);
        Assert.All(disturbed.Zip(calm), pair => Assert.Equal(pair.Second.data<float>().ToArray(), pair.First.data<float>().ToArray()));
    }

    private static TrainingOptions Of(OptimizerKind kind) => kind == OptimizerKind.AdamW ? Adaptive : Rolling;

    private static void Take(Descent descent, List<Parameter> weights, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            descent.Clear();
            Loss(weights, step).backward();
            descent.Step(Rate);
        }
    }

    private static List<Parameter> Weights(DisposeScope scope) =>
        [Own(scope, new Parameter(Noise([3, 4], 1))), Own(scope, new Parameter(Noise([5], 2)))];

    // Parameters belong to no scope of their own accord.
    private static Parameter Own(DisposeScope scope, Parameter parameter)
    {
        scope.Attach(parameter);
        return parameter;
    }

    private static Tensor Loss(List<Parameter> weights, int step) =>
        (weights[0] * weights[0] * Noise([3, 4], 10 + step)).sum() + (weights[1] * Noise([5], 1000 + step)).sum();

    private static Tensor Noise(long[] shape, int seed)
    {
        var random = new Random(seed);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => random.NextSingle() - 0.5f)], shape);
    }

    private static byte[] Saved(Descent descent)
    {
        using var stream = new MemoryStream();
        descent.Save(stream);
        Assert.Equal(descent.StateLength, stream.Length);
        return stream.ToArray();
    }
}
