using System.Collections;
using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace Morula.Formats;

/// <summary>
/// Links of HDF5, soft ones that lead in circles among them. The library follows those that a group holds in its header without a read and without a bound, so that neither an
/// exception nor <see cref="Hdf5Stream"/> could end it: they are looked at before it follows any. What it keeps of a header is not public, hence the reflection; the version of the
/// library is fixed.
/// </summary>
internal static class Hdf5Links
{
    private const int MostDepth = 16;
    private const int MostSteps = 1000;
    private const BindingFlags Anywhere = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly PropertyInfo Header = typeof(NativeObject).GetProperty("Header", Anywhere)!;

    /// <summary>What a group holds, without what is behind links that never arrive.</summary>
    /// <param name="root">Of the file.</param>
    /// <param name="group">The group.</param>
    public static IEnumerable<IH5Object> Children(IH5Group root, IH5Group group)
    {
        (string Name, string? Target)[] links = Links(group);
        bool[] arrive = [.. links.Select(link => Arrives(root, group, link.Target))];
        return Array.TrueForAll(arrive, one => one)
            ? group.Children()
            : links.Where((link, index) => arrive[index] && group.LinkExists(link.Name)).Select(link => group.Get(link.Name));
    }

    /// <summary>What a link of a group leads to; null where there is none or it never arrives.</summary>
    /// <param name="root">Of the file.</param>
    /// <param name="group">The group.</param>
    /// <param name="name">Of the link.</param>
    public static IH5Object? Find(IH5Group root, IH5Group group, string name) =>
        Links(group).Where(link => link.Name == name).All(link => Arrives(root, group, link.Target)) && group.LinkExists(name) ? group.Get(name) : null;

    private static bool Arrives(IH5Group root, IH5Group group, string? target)
    {
        int steps = MostSteps;
        return target is null || Follow(root, group, target, 1, ref steps);
    }

    // Goes the way that the library would go, but before each step over a soft link goes that link's own way.
    private static bool Follow(IH5Group root, IH5Group from, string target, int depth, ref int steps)
    {
        if (depth > MostDepth || --steps < 0) return false;
        IH5Group group = target.StartsWith('/') ? root : from;
        // In a damaged file a link may have no name, and lead to that.
        foreach (string name in target.Split('/'))
        {
            foreach (var (_, next) in Links(group).Where(link => link.Name == name))
            {
                if (next is not null && !Follow(root, group, next, depth + 1, ref steps)) return false;
            }

            if (name.Length == 0) continue;
            if (!group.LinkExists(name) || group.Get(name) is not IH5Group inner) return true;
            group = inner;
        }

        return true;
    }

    // The links in the header of a group; where it keeps them elsewhere, each is read from the file when it is followed.
    private static (string Name, string? Target)[] Links(IH5Group group) =>
    [
        .. ((IEnumerable)Value(Header.GetValue(group)!, "HeaderMessages")!).Cast<object>()
            .Select(message => Value(message, "Data")!)
            .Where(data => data.GetType().Name == "LinkMessage")
            .Select(link => (Name: (string)Value(link, "LinkName")!, Info: Value(link, "LinkInfo")!))
            .Select(link => (link.Name, link.Info.GetType().Name == "SoftLinkInfo" ? (string)Value(link.Info, "Value")! : null)),
    ];

    private static object? Value(object of, string name) => of.GetType().GetProperty(name, Anywhere)!.GetValue(of);
}
