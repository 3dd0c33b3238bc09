using Morula.Geometry;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class BoxCoderTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void Decoding_undoes_encoding(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] truth = RandomBoxes.Make(1, rank, 30), reference = RandomBoxes.Make(2, rank, 30);
        var coder = new BoxCoder();
        Boxes references = Boxes.From(reference, rank);
        float[] back = coder.Decode(coder.Encode(Boxes.From(truth, rank), references), references).ToArray();
        for (int place = 0; place < truth.Length; place++) Assert.Equal(truth[place], back[place], 1e-3f);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void Deltas_follow_the_definition(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] truth = RandomBoxes.Make(1, rank, 30), reference = RandomBoxes.Make(2, rank, 30);
        float[] deltas = new BoxCoder(0.3, 0.7).Encode(Boxes.From(truth, rank), Boxes.From(reference, rank)).data<float>().ToArray();
        for (int box = 0; box < 30; box++)
        {
            for (int axis = 0; axis < rank; axis++)
            {
                int lower = (box * 2 * rank) + axis, upper = lower + rank;
                double size = reference[upper] - reference[lower];
                double shift = ((truth[lower] + truth[upper]) - (reference[lower] + reference[upper])) / 2 / size;
                Assert.Equal(shift / 0.3, deltas[lower], 1e-4);
                Assert.Equal(Math.Log((truth[upper] - truth[lower]) / size) / 0.7, deltas[upper], 1e-4);
            }
        }
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_wild_size_is_bounded(int rank)
    {
        using var scope = torch.NewDisposeScope();
        Boxes reference = Boxes.From([.. Enumerable.Repeat(0f, rank), .. Enumerable.Repeat(2f, rank)], rank);
        torch.Tensor deltas = torch.tensor([.. Enumerable.Repeat(0f, rank), .. Enumerable.Repeat(1e9f, rank)], [1, 2 * rank]);
        Boxes decoded = new BoxCoder().Decode(deltas, reference);
        Assert.All(decoded.Size.data<float>().ToArray(), size => Assert.Equal(125, size, 1e-3f));
    }

    [Fact, NoTensorLeaks]
    public void Empty_boxes_give_finite_deltas()
    {
        using var scope = torch.NewDisposeScope();
        Boxes empty = Boxes.From([1, 1, 1, 1], 2), box = Boxes.From([0, 0, 4, 4], 2);
        Assert.All(new BoxCoder().Encode(empty, box).data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(new BoxCoder().Encode(box, empty).data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact, NoTensorLeaks]
    public void Decoding_is_differentiable_in_the_deltas()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor deltas = torch.zeros([3, 6], requires_grad: true);
        new BoxCoder().Decode(deltas, Boxes.From(RandomBoxes.Make(1, 3, 3), 3)).Values.pow(2).sum().backward();
        Assert.All(deltas.grad!.data<float>().ToArray(), value => Assert.NotEqual(0, value));
    }
}
