using Morula.Layers;
using Xunit;
using static TorchSharp.torch;

namespace Morula.Tests.Layers;

public sealed class TapeTests
{
    [Fact, NoTensorLeaks]
    public void A_backward_pass_tells_of_every_segment_from_the_last_to_the_first()
    {
        using var scope = NewDisposeScope();
        Tensor weight = ones(3).requires_grad_();
        using var tape = new Tape(Precision.Float32);
        int entered = tape.Enter(ones(3));
        int first = tape.Run(input => input * weight, isRecomputed: false, entered);
        int second = tape.Run(input => input * input, isRecomputed: false, first);
        var begun = new List<int>();
        tape.Backward([(second, ones(3))], begun.Add);
        Assert.Equal([second, first], begun);
    }
}
