using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Morula.Layers;

/// <summary>Convolution, normalisation and (unless told otherwise) rectification of [N, C, *S].</summary>
internal sealed class ConvUnit : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> convolution;
    private readonly Module<Tensor, Tensor>? normalisation;
    private readonly FastConv fastConv;
    private readonly bool rectified;

    public ConvUnit(int inputs, int outputs, int[] kernel, int[] stride, Normalisation kind, bool rectified = true, bool padded = true)
        : base(nameof(ConvUnit))
    {
        // A group normalisation right behind cancels a bias.
        convolution = Conv.Create(inputs, outputs, kernel, stride, padded, bias: kind != Normalisation.Group);
        Initialise.Rectified(convolution);
        fastConv = new FastConv(kernel, stride, padded);
        normalisation = CreateNormalisation(kind, outputs);
        this.rectified = rectified;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor output = fastConv.Convolve(convolution, input);
        if (normalisation is not null) output = normalisation.call(output);
        if (rectified) output = output.relu_();
        return output.MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor>? CreateNormalisation(Normalisation kind, int channels) => kind switch
    {
        Normalisation.Group => new GroupNormalisation(channels),
        Normalisation.Affine => new ChannelAffine(channels),
        _ => null,
    };
}
