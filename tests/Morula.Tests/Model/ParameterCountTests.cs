using Morula.Model;
using Xunit;

namespace Morula.Tests.Model;

/// <summary>The published network's weights, counted from the list of its layers.</summary>
public sealed class ParameterCountTests
{
    [Theory, InlineData(3, 512, 110_627_880), InlineData(1, 256, 87_940_632)]
    public void The_reference_has_as_many_weights_as_its_layers(int classes, int width, long expected)
    {
        Assert.Equal(expected, Count(classes + 1, width));
        ModelOptions options = Presets.Reference.Model;
        options = options with
        {
            Classes = [.. Enumerable.Range(1, classes).Select(index => $"class {index}")],
            Regions = options.Regions with { BoxWidth = width },
        };
        using var model = new MaskRcnn(options, 1);
        Assert.Equal(expected, model.ParameterCount);
    }

    [Fact]
    public void The_lean_network_has_less_than_two_and_a_half_million()
    {
        ModelOptions lean = Presets.Lean.Model;
        if (lean.Proposals.Anchors.Count == 0) lean = lean with { Proposals = lean.Proposals with { Anchors = [[[10], [14], [18]], [[24], [30], [38]]] } };
        using var model = new MaskRcnn(lean, 1);
        Assert.InRange(model.ParameterCount, 100_000, 2_500_000);
    }

    private static long Count(long classes, long width)
    {
        long count = Conv(7, 1, 64) + (2 * 64);
        long inputs = 64;
        foreach (var (outputs, depth) in new[] { (256, 3), (512, 4), (1024, 6), (2048, 3) })
        {
            for (int block = 0; block < depth; block++)
            {
                long inner = outputs / 4;
                count += Conv(1, inputs, inner) + Conv(3, inner, inner) + Conv(1, inner, outputs) + (2 * (inner + inner + outputs));
                if (block == 0) count += Conv(1, inputs, outputs) + (2 * outputs);
                inputs = outputs;
            }

            count += Conv(1, outputs, 256) + Conv(3, 256, 256);                         // pyramid
        }

        count += Conv(3, 256, 512) + Conv(1, 512, 2) + Conv(1, 512, 6);                  // proposals
        count += Conv(7, 256, width) + Conv(1, width, width) + Conv(1, width, classes) + Conv(1, width, 6 * classes);
        count += (4 * Conv(3, 256, 256)) + Conv(2, 256, 256) + Conv(1, 256, classes);    // masks
        return count;
    }

    private static long Conv(long side, long inputs, long outputs) => (side * side * side * inputs * outputs) + outputs;
}
