namespace Morula.Comparison;

/// <summary>Where everything of a comparison lies.</summary>
/// <param name="Path">Its folder.</param>
internal sealed record ComparisonFolder(string Path)
{
    /// <summary>The plan, to be recognised when the command is repeated.</summary>
    public string Plan => In("plan.json");

    /// <summary>The split as an index file.</summary>
    public string Split => In("split.csv");

    /// <summary>The same without the tables of classes, for networks of one class.</summary>
    public string SplitOfOneClass => In("split_one_class.csv");

    /// <summary>Every number.</summary>
    public string Json => In("compare.json");

    /// <summary>The tables as Markdown.</summary>
    public string Markdown => In("compare.md");

    /// <summary>The page.</summary>
    public string Page => In("compare.html");

    /// <summary>Folder of one training.</summary>
    public MemberFolder Of(string name, int seed) => new(System.IO.Path.Combine(Path, name, $"seed{seed}"));

    /// <summary>Folder of the segmentation without learning.</summary>
    public MemberFolder Classical => new(In(ComparisonPlan.Classical));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
