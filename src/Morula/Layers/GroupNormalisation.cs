using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>
/// Group normalisation (Wu and He 2018) of [N, C, *S] with a learnt scale and shift per channel. The mean and variance of a map are its own,
/// or, where <see cref="Moments"/> are given, those: every voxel is then normalised alike, whatever part of an image the map shows.
/// </summary>
internal sealed class GroupNormalisation : Module<Tensor, Tensor>
{
    private const int LargestGroupCount = 8;
    private const double Epsilon = 1e-5;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int groups;

    public GroupNormalisation(int channels)
        : base(nameof(GroupNormalisation))
    {
        groups = LargestGroupCount;
        while (channels % groups != 0) groups--;
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        RegisterComponents();
        // Weights outlive the scope that a network is made in.
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
    }

    /// <summary>What maps are normalised with; null: their own.</summary>
    public ChannelMoments? Moments { get; set; }

    /// <summary>Told of the moments of every map; null: nobody.</summary>
    public Action<ChannelMoments>? Observer { get; set; }

    public override Tensor forward(Tensor input)
    {
        if (Moments is { } fixedMoments) return Fixed(input, fixedMoments);
        Observer?.Invoke(Own(input));
        return functional.group_norm(input, groups, weight, bias, Epsilon);
    }

    private Tensor Fixed(Tensor input, ChannelMoments moments)
    {
        using var scope = NewDisposeScope();
        Tensor mean = tensor(moments.Means, device: input.device), variance = tensor(moments.Variances, device: input.device);
        return functional.batch_norm(input, mean, variance, weight, bias, training: false, eps: Epsilon).MoveToOuterDisposeScope();
    }

    // Means over the maps of the batch, each of its own groups.
    private ChannelMoments Own(Tensor input)
    {
        using var scope = NewDisposeScope();
        int channels = (int)input.shape[1];
        var (variance, mean) = var_mean(input.detach().reshape(input.shape[0], groups, -1), [2], unbiased: false);
        return new ChannelMoments(PerChannel(mean), PerChannel(variance));

        float[] PerChannel(Tensor ofGroups) => ofGroups.mean([0]).repeat_interleave(channels / groups).cpu().data<float>().ToArray();
    }
}
