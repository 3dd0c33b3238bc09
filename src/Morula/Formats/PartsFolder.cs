namespace Morula.Formats;

/// <summary>What a run has written so far, in the folder of its results: from there it goes on where it was stopped.</summary>
internal static class PartsFolder
{
    /// <summary>The folder of the parts.</summary>
    /// <param name="folder">Of the results.</param>
    public static string In(string folder) => Path.Combine(folder, "parts");

    /// <summary>The label volumes and tables of single frames.</summary>
    /// <param name="folder">Of the results.</param>
    public static string FramesIn(string folder) => Path.Combine(In(folder), "frames");
}
