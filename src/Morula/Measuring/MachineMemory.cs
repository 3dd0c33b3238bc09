using System.Globalization;

namespace Morula.Measuring;

/// <summary>Memory of the machine as this process may use it, in bytes: bounds of control groups (containers, batch systems) count.</summary>
/// <param name="Total">In all.</param>
/// <param name="Available">That can be had now, without making others swap.</param>
/// <param name="IsLimited">Whether a control group allows less than the machine has.</param>
public sealed record MachineMemory(long Total, long Available, bool IsLimited)
{
    /// <summary>Asks the system.</summary>
    /// <param name="root">Folder that stands for /, where proc and sys lie.</param>
    public static MachineMemory Read(string root = "/")
    {
        string table = Path.Combine(root, "proc", "meminfo");
        if (!File.Exists(table)) return OfRuntime();
        Dictionary<string, long> machine = Fields(table, ':', 1024);
        var whole = new MachineMemory(machine.GetValueOrDefault("MemTotal"), machine.GetValueOrDefault("MemAvailable", machine.GetValueOrDefault("MemFree")), false);
        return Groups(root).Aggregate(whole, (so, group) => group.Total >= so.Total ? so with { Available = Math.Min(so.Available, group.Available) } : new MachineMemory(group.Total, Math.Min(so.Available, group.Available), true));
    }

    private static MachineMemory OfRuntime()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return new MachineMemory(info.TotalAvailableMemoryBytes, Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes), false);
    }

    // Every group from that of the process upwards may hold a bound (cgroups(7)); in a container its own group is the top.
    private static IEnumerable<MachineMemory> Groups(string root)
    {
        string list = Path.Combine(root, "proc", "self", "cgroup");
        if (!File.Exists(list)) yield break;
        foreach (string line in File.ReadLines(list))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path]) continue;
            bool isSecond = controllers.Length == 0;
            if (!isSecond && !controllers.Split(',').Contains("memory")) continue;
            string top = Path.Combine(root, "sys", "fs", "cgroup", isSecond ? string.Empty : "memory");
            for (string at = path.Trim('/'); ; at = Path.GetDirectoryName(at) ?? string.Empty)
            {
                string folder = Path.Combine(top, at);
                MachineMemory? bound = isSecond ? Bound(folder, "memory.max", "memory.current", "inactive_file") : Bound(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
                if (bound is not null) yield return bound;
                if (at.Length == 0) break;
            }
        }
    }

    private static MachineMemory? Bound(string folder, string most, string used, string reclaimable)
    {
        if (Number(Path.Combine(folder, most)) is not { } total || Number(Path.Combine(folder, used)) is not { } current) return null;
        string details = Path.Combine(folder, "memory.stat");
        long cached = File.Exists(details) ? Fields(details, ' ', 1).GetValueOrDefault(reclaimable) : 0;
        return new MachineMemory(total, Math.Max(0, total - Math.Max(0, current - cached)), true);
    }

    // "max" is no number: no bound.
    private static long? Number(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static Dictionary<string, long> Fields(string path, char separator, long unit)
    {
        var fields = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split(separator, 2);
            if (parts.Length == 2 && long.TryParse(parts[1].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                fields[parts[0]] = unit * value;
        }

        return fields;
    }
}
