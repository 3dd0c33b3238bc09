using Morula.Backbone;
using Morula.Model;
using Morula.Proposals;
using Morula.Regions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Morula.Bench.Profile;

/// <summary>The parts of a network whose time is told apart, with the modules that each is made of.</summary>
internal sealed class ProfiledNetwork
{
    /// <summary>Name of the first part of the trunk; no gradient is wanted of what it reads.</summary>
    public const string StemPart = "stem";

    /// <summary>Name of the pyramid's part.</summary>
    public const string PyramidPart = "pyramid";

    /// <summary>Names of the heads' parts.</summary>
    public const string ProposalPart = "proposal head", BoxPart = "box head", MaskPart = "mask head";

    private readonly List<string> tape = [string.Empty];

    /// <summary>Takes a network apart.</summary>
    public ProfiledNetwork(MaskRcnn model)
    {
        Model = model;
        Levels = model.children().OfType<FeaturePyramid>().Single();
        Proposals = model.children().OfType<ProposalNetwork>().Single();
        RegionHeads regions = model.children().OfType<RegionHeads>().Single();
        Box = regions.children().OfType<BoxHead>().Single();
        Mask = regions.children().OfType<MaskHead>().Single();
        Trunk trunk = Levels.children().OfType<Trunk>().Single();
        Add(StemPart, trunk.named_children().Single(child => child.name == "stem").module);
        int stage = 0;
        foreach (nn.Module blocks in trunk.children().OfType<ModuleList<Sequential>>().Single()) AddStage($"stage {++stage}", [.. blocks.children()]);
        foreach (nn.Module unit in Levels.children().Where(child => child is not Trunk).SelectMany(list => list.children())) Add(PyramidPart, unit);
        Modules.Add((ProposalPart, Proposals.children().Single()));
        Modules.Add((BoxPart, Box));
        Modules.Add((MaskPart, Mask));
    }

    /// <summary>The whole.</summary>
    public MaskRcnn Model { get; }

    /// <summary>Image to feature maps.</summary>
    public FeaturePyramid Levels { get; }

    /// <summary>Feature maps to candidates.</summary>
    public ProposalNetwork Proposals { get; }

    /// <summary>Regions to classes and boxes.</summary>
    public BoxHead Box { get; }

    /// <summary>Regions to masks.</summary>
    public MaskHead Mask { get; }

    /// <summary>Modules and the part that each belongs to; a part may have many.</summary>
    public List<(string Part, nn.Module Module)> Modules { get; } = [];

    /// <summary>The part that made a value of the tape of <see cref="FeaturePyramid.Record"/>.</summary>
    public string OnTape(int value) => value < tape.Count ? tape[value] : PyramidPart;

    /// <summary>Calls back whenever a part of the trunk or pyramid begins forward; the result stops that.</summary>
    public Action Listen(Action<string> begins)
    {
        var stops = new List<Action>();
        foreach (var (part, module) in Modules)
        {
            if (module is not nn.Module<Tensor, Tensor> unit) continue;
            var hook = unit.register_forward_pre_hook((_, input) =>
            {
                begins(part);
                return input;
            });
            stops.Add(hook.remove);
        }

        return () => stops.ForEach(stop => stop());
    }

    // The tape has the image, the stem, then a segment for every block.
    private void AddStage(string part, nn.Module[] blocks)
    {
        foreach (nn.Module block in blocks) Add(part, block);
    }

    private void Add(string part, nn.Module module)
    {
        Modules.Add((part, module));
        if (part != PyramidPart) tape.Add(part);
    }
}
