using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Layers;

/// <summary>RoIAlign as one node of the autograd graph; it remembers the boxes and the map's shape, not the map.</summary>
internal sealed class RoiAlignFunction : autograd.SingleTensorFunction<RoiAlignFunction>
{
    private const string PlanKey = "plan";

    [ThreadStatic]
    private static Tensor? handedOver;

    private static ExceptionDispatchInfo? fault;

    /// <inheritdoc/>
    public override string Name => nameof(RoiAlignFunction);

    /// <summary>Pools [N, C, *S] to [R, C, *bins].</summary>
    public static Tensor Pool(Tensor map, RoiAlignPlan plan)
    {
        // The node of the graph makes a managed cache of the output's size; the scope lets go of it.
        using var scope = NewDisposeScope();
        return apply(map, plan).MoveToOuterDisposeScope();
    }

    /// <summary>Rethrows what went wrong in a backward pass and lets go of the last gradient.</summary>
    public static void EndBackward()
    {
        handedOver?.Dispose();
        handedOver = null;
        Interlocked.Exchange(ref fault, null)?.Throw();
    }

    /// <summary>Lets go of the last gradient and forgets what went wrong.</summary>
    public static void AbandonBackward()
    {
        handedOver?.Dispose();
        handedOver = null;
        Interlocked.Exchange(ref fault, null);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var map = (Tensor)vars[0];
        var plan = (RoiAlignPlan)vars[1];
        ctx.set_materialize_grads(false);
        ctx.save_data(PlanKey, plan);
        using var scope = NewDisposeScope();
        Tensor source = map.contiguous();
        Tensor pooled = empty(plan.PooledShape);
        RoiAlignKernel.Forward(plan, source, pooled);
        return pooled.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // The last gradient was copied into the graph long ago; its managed handle may belong to no scope.
        handedOver?.Dispose();
        handedOver = null;
        if (grad_output.IsInvalid) return [null!, null!];
        handedOver = Backward((RoiAlignPlan)ctx.get_data(PlanKey), grad_output);
        return [handedOver!, null!];
    }

    // An exception may not leave this: it would pass through native code and end the process.
    private static Tensor? Backward(RoiAlignPlan plan, Tensor outgoing)
    {
        using var scope = NewDisposeScope();
        try
        {
            Tensor source = outgoing.contiguous();
            Tensor gradient = empty(plan.MapShape);
            RoiAlignKernel.Backward(plan, source, gradient);
            return gradient.MoveToOuterDisposeScope();
        }
#pragma warning disable CA1031 // Everything is kept and rethrown by EndBackward.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fault = ExceptionDispatchInfo.Capture(error);
            return null;
        }
        finally
        {
            outgoing.Dispose();
        }
    }
}
