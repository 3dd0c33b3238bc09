using Morula.Options;

namespace Morula.Tests.Options;

public enum SampleKind
{
    Round,
    Long,
}

public sealed record SampleOptions
{
    public SampleTraining Train { get; init; } = new();

    public SampleModel Model { get; init; } = new();

    public string Name { get; init; } = "embryo";

    public string? Note { get; init; }

    public double? Limit { get; init; } = 2.5;

    public int Doubled => Train.Steps * 2;
}

public sealed record SampleTraining
{
    [Range(1, 1000)]
    public int Steps { get; init; } = 100;

    public long Seed { get; init; } = 1L << 40;

    [Range(0, double.MaxValue)]
    public double Rate { get; init; } = 0.001;

    public bool Flip { get; init; } = true;

    public SampleKind Kind { get; init; } = SampleKind.Long;
}

public sealed record SampleModel
{
    private readonly int width = 8;

    [Range(1, 512)]
    public int[] Channels { get; init; } = [16, 32, 64];

    [Range(-10, 10)]
    public double[][] Anchors { get; init; } = [[1, 2.5], [3]];

    public IReadOnlyList<string> Tags { get; init; } = ["a b", "c"];

    public IReadOnlyList<SampleKind> Kinds { get; init; } = [];

    public IReadOnlyList<SampleLevel> Levels { get; init; } = [new SampleLevel { Stride = 4 }];

    public int Width
    {
        get => width;
        init => width = value % 2 == 0 ? value : throw new ArgumentException("the width must be even.");
    }
}

public sealed record SampleLevel
{
    [Range(1, 64)]
    public int Stride { get; init; } = 2;

    public double[] Scale { get; init; } = [1, 1, 1];
}
