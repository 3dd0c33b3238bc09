using Morula.Fuzzing;
using Morula.Tests.Formats;
using Xunit;

namespace Morula.Tests.Fuzzing;

/// <summary>Damaged files of every kind are read or refused in one way; bench/results/fuzz.md has the long runs.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 400;
    private const int Seed = 20;

    private static readonly IReadOnlyList<FuzzTarget> Targets = FuzzTargets.All(Path.Combine(AppContext.BaseDirectory, "Formats", "Golden"));

    public static TheoryData<string> Names => [.. Targets.Select(target => target.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string name)
    {
        using var folder = new TemporaryFolder();
        FuzzTarget target = Targets.Single(target => target.Name == name);
        int refused = 0;
        for (int number = 0; number < Inputs; number++)
        {
            var (extension, bytes) = target.Make(Seed, number);
            string path = folder["a" + extension];
            File.WriteAllBytes(path, bytes);
            refused += target.IsRefused(path) ? 1 : 0;
        }

        Assert.InRange(refused, Inputs / 20, Inputs - 1);
    }

    [Fact]
    public void Inputs_are_functions_of_seed_and_number()
    {
        foreach (FuzzTarget target in Targets)
        {
            Assert.Equal(target.Make(1, 7).Bytes, target.Make(1, 7).Bytes);
            Assert.Contains(Enumerable.Range(0, 20), number => !target.Make(1, number).Bytes.SequenceEqual(target.Make(2, number).Bytes));
        }
    }

    [Fact]
    public void Whole_files_are_read()
    {
        using var folder = new TemporaryFolder();
        foreach (FuzzTarget target in Targets)
        {
            int read = 0;
            foreach (var (extension, bytes) in target.Samples)
            {
                File.WriteAllBytes(folder["a" + extension], bytes);
                read += target.IsRefused(folder["a" + extension]) ? 0 : 1;
            }

            Assert.True(4 * read >= target.Samples.Count, $"{target.Name}: {read} of {target.Samples.Count} samples are read.");
        }
    }
}
