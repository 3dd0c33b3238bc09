using System.Runtime.InteropServices;
using Morula.Sharing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Training;

/// <summary>Gradients of some weights that are sent together.</summary>
internal sealed class GradientBucket
{
    private readonly List<Parameter> parameters = [];
    private float[] values = [];
    private int missing;
    private IPendingSum? pending;

    /// <summary>Numbers in it.</summary>
    public int Length { get; private set; }

    /// <summary>Whether all gradients are whole.</summary>
    public bool IsWhole => missing == 0;

    /// <summary>Takes a weight in.</summary>
    public void Add(Parameter parameter)
    {
        parameters.Add(parameter);
        Length += (int)parameter.numel();
    }

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        if (values.Length == 0) values = new float[Length];
        missing = parameters.Count;
    }

    /// <summary>The gradient of one more weight is whole.</summary>
    public void Complete() => missing--;

    /// <summary>Sends the gradients as they are.</summary>
    public void Send(IProcessGroup group)
    {
        int start = 0;
        foreach (Parameter parameter in parameters)
        {
            using var scope = NewDisposeScope();
            int count = (int)parameter.numel();
            if (parameter.grad is { } gradient) MemoryMarshal.Cast<byte, float>(gradient.cpu().contiguous().bytes).CopyTo(values.AsSpan(start, count));
            start += count;
        }

        pending = group.StartSum(values);
    }

    /// <summary>Waits for the sums and puts them into the place of the gradients.</summary>
    public void Take()
    {
        pending!.Wait();
        using var guard = no_grad();
        int start = 0;
        foreach (Parameter parameter in parameters)
        {
            using var scope = NewDisposeScope();
            int count = (int)parameter.numel();
            if (parameter.grad is { } gradient) gradient.copy_(tensor(values.AsMemory(start, count), gradient.shape));
            start += count;
        }
    }
}
