using Morula.Model;
using Morula.Options;
using Morula.Planning;
using Morula.Runs;

namespace Morula.Diagnosis;

/// <summary>The networks that come with the program: there, and readable.</summary>
internal static class NetworkCheck
{
    public static Check Create() => new("networks", "install Morula anew, or put the file into the folder models beside the program; predict --model FILE does without.", Look);

    private static Finding Look(Check check)
    {
        if (!ShippedNetworks.Names.Contains(ShippedNetworks.Default, StringComparer.Ordinal)) return check.Failure($"{ShippedNetworks.Default} is not in {Path.Combine(AppContext.BaseDirectory, "models")}");
        return check.Ok(string.Join(", ", ShippedNetworks.Names.Select(Describe)));
    }

    private static string Describe(string name)
    {
        string path = ShippedNetworks.PathOf(name);
        MorulaOptions options = OptionsCheck.Require(OptionsFile.Parse<MorulaOptions>(Checkpoint.Load(path).Options, path, []));
        return $"{name} (rank {options.Model.Rank}, {ByteSize.Text(new FileInfo(path).Length)})";
    }
}
