using TorchSharp;
using static TorchSharp.torch;

namespace Morula.Bench.Profile;

/// <summary>Cuts the graph in front of a head while it lives, so that the backward passes of the head and of what feeds it can be told apart.</summary>
internal sealed class HeadCut : IDisposable
{
    private readonly Action stop;
    private Tensor? fed;
    private Tensor? seen;

    private HeadCut(Func<HeadCut, Action> listen) => stop = listen(this);

    /// <summary>Cuts in front of a head.</summary>
    /// <param name="head">The next call of it counts.</param>
    /// <param name="begins">Called before the head runs.</param>
    /// <param name="ends">Called behind it.</param>
    public static HeadCut Before<TOutput>(nn.Module<Tensor, TOutput> head, Action begins, Action ends) => new(cut =>
    {
        var first = head.register_forward_pre_hook((_, input) =>
        {
            begins();
            return cut.Keep(input);
        });
        var last = head.register_forward_hook((_, _, output) =>
        {
            ends();
            return output;
        });
        return () =>
        {
            first.remove();
            last.remove();
        };
    });

    /// <summary>Hands the gradient that the head has left on to what fed it.</summary>
    public void Continue()
    {
        using Tensor? gradient = seen?.grad;
        if (fed is not null && gradient is not null) autograd.backward([fed], [gradient]);
    }

    /// <summary>Stops listening and lets go of both sides.</summary>
    public void Dispose()
    {
        stop();
        fed?.Dispose();
        seen?.Dispose();
    }

    private Tensor Keep(Tensor input)
    {
        fed = input.alias().DetachFromDisposeScope();
        seen = input.detach().requires_grad_().DetachFromDisposeScope();
        return seen;
    }
}
