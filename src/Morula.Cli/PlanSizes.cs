namespace Morula.Cli;

/// <summary>Sizes and devices on the command line of plan.</summary>
internal static class PlanSizes
{
    /// <summary>Reads "128,128,128", frames before it where there are some.</summary>
    public static int[] Parse(string text, int frames)
    {
        int[] sizes = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, out int size) ? size : 0)];
        if (sizes.Length is not (2 or 3) || Array.Exists(sizes, size => size < 1) || (frames > 0 && sizes.Length != 3))
        {
            throw new UsageException(
                $"--extent \"{text}\"{(frames > 0 ? $" with {frames} frames" : string.Empty)} is no extent; expected two or three sizes in voxels, such as 128,128,128, and three for a movie.");
        }

        return frames > 0 ? [frames, .. sizes] : sizes;
    }

    /// <summary>Whether a device is a graphics card.</summary>
    public static bool IsCard(string device) => device switch
    {
        "cpu" => false,
        _ when device == "cuda" || (device.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(device.AsSpan(5), out int _)) => true,
        _ => throw new UsageException($"there is no device \"{device}\"; expected cpu or cuda:0."),
    };
}
