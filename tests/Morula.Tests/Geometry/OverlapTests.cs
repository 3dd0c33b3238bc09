using Morula.Geometry;
using TorchSharp;
using Xunit;

namespace Morula.Tests.Geometry;

public sealed class OverlapTests
{
    [Theory, Ranks, NoTensorLeaks]
    public void The_matrix_equals_the_definition(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] a = RandomBoxes.Make(1, rank, 9), b = RandomBoxes.Make(2, rank, 13);
        float[] matrix = Overlap.Matrix(Boxes.From(a, rank), Boxes.From(b, rank)).data<float>().ToArray();
        for (int first = 0; first < 9; first++)
            for (int second = 0; second < 13; second++)
                Assert.Equal(RandomBoxes.Overlap(a, first, b, second, rank), matrix[(first * 13) + second], 1e-5f);
        Assert.Contains(matrix, value => value > 0.05f);
    }

    [Theory, Ranks, NoTensorLeaks]
    public void A_box_overlaps_itself_wholly_and_an_empty_one_not_at_all(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] empty = new float[2 * rank];
        Boxes boxes = Boxes.From([.. RandomBoxes.Make(3, rank, 1), .. empty], rank);
        Assert.Equal([1, 0, 0, 0], Overlap.Matrix(boxes, boxes).data<float>().ToArray());
    }

    [Theory, InlineData(2), InlineData(3)]
    [NoTensorLeaks]
    public void One_slice_or_one_frame_changes_nothing(int rank)
    {
        using var scope = torch.NewDisposeScope();
        float[] a = RandomBoxes.Make(1, rank, 9), b = RandomBoxes.Make(2, rank, 13);
        Assert.Equal(
            Overlap.Matrix(Boxes.From(a, rank), Boxes.From(b, rank)).data<float>().ToArray(),
            Overlap.Matrix(Boxes.From(RandomBoxes.Lift(a, rank), rank + 1), Boxes.From(RandomBoxes.Lift(b, rank), rank + 1)).data<float>().ToArray());
    }
}
