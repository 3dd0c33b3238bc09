using System.CommandLine;
using Morula.Volumes;

namespace Morula.Bench.Large;

/// <summary>bench large-frame and large-seams: an image larger than memory, and whether its prediction in blocks shows where it was cut.</summary>
internal static class LargeVerb
{
    private static readonly double[] Overlaps = [0.5, 0.75, 0.9, 0.95];

    /// <summary>Writes a large frame.</summary>
    public static Command CreateFrame()
    {
        var path = new Argument<string>("file") { Description = "File to write." };
        var side = new Option<int>("--side") { Description = "Voxels along every axis.", DefaultValueFactory = _ => 1024 };
        var seed = new Option<int>("--seed") { Description = "Of the embryos.", DefaultValueFactory = _ => 1 };
        var command = new Command("large-frame", "Writes a frame of hard synthetic embryos side by side, 16 bits a voxel.") { path, side, seed };
        command.SetAction(parsed => new LargeFrame(Extent.Cube(3, parsed.GetValue(side)), parsed.GetValue(seed)).Write(parsed.GetValue(path)!));
        return command;
    }

    /// <summary>Compares a region with the same in one piece.</summary>
    public static Command CreateSeams()
    {
        var frame = new Argument<string>("frame") { Description = "The frame." };
        var result = new Argument<string>("labels") { Description = "What morula predict found in it." };
        var model = new Option<string>("--model") { Description = "Checkpoint.", Required = true };
        var side = new Option<int>("--side") { Description = "Voxels of the region along every axis.", DefaultValueFactory = _ => 256 };
        var corner = new Option<int[]>("--corner") { Description = "First voxel of the region: Z Y X.", DefaultValueFactory = _ => [384, 384, 384], AllowMultipleArgumentsPerToken = true, Arity = new ArgumentArity(3, 3) };
        var set = new Option<string[]>("--set") { Description = "Options of the prediction.", DefaultValueFactory = _ => [] };
        var command = new Command("large-seams", "Compares the cells of a region with those of the same region seen in one piece.") { frame, result, model, side, corner, set };
        command.SetAction(parsed =>
        {
            Tensors.TorchLibrary.EnsureLoaded();
            int[] from = parsed.GetValue(corner)!;
            var region = new Block(from, [.. from.Select(first => first + parsed.GetValue(side))]);
            var check = new SeamCheck(parsed.GetValue(frame)!, parsed.GetValue(result)!, parsed.GetValue(model)!, parsed.GetValue(set)!);
            var (cells, voxels) = check.Compare(region);
            Console.WriteLine($"{cells.Count} cells in {region}; foreground equal in {100 * voxels:0.000} % of the voxels");
            foreach (double overlap in Overlaps)
            {
                int count = cells.Count(cell => cell.Overlap < overlap);
                Console.WriteLine($"no equal at IoU {overlap:0.00}: {count} ({100.0 * count / cells.Count:0.00} %)");
            }

            foreach (SeamCell cell in cells.Where(cell => cell.Overlap < Overlaps[0]))
                Console.WriteLine($"  cell at {string.Join(' ', cell.Middle)}, {cell.Voxels} voxels, score {cell.Score:0.000}, best IoU {cell.Overlap:0.00}");
        });
        return command;
    }
}
