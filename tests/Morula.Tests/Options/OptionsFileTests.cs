using CsCheck;
using Morula.Options;
using Xunit;

namespace Morula.Tests.Options;

public sealed class OptionsFileTests
{
    [Fact]
    public void Keys_left_out_keep_their_defaults() =>
        DeepEquality.AssertSame(new SampleOptions(), OptionsFile.Parse<SampleOptions>("{}", "run.json", []));

    [Fact]
    public void A_file_says_only_what_differs_from_a_baseline()
    {
        var baseline = new SampleOptions { Name = "preset", Train = new SampleTraining { Steps = 7, Rate = 0.5 } };
        SampleOptions read = OptionsFile.Apply(baseline, """{ "Train": { "Rate": 0.25 } }""", "run.json", []);
        DeepEquality.AssertSame(baseline with { Train = baseline.Train with { Rate = 0.25 } }, read);
        Assert.Equal(0.5, baseline.Train.Rate);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        const string Json = """
            {
              // why
              "Train": { "Steps": 3, /* short */ },
              "Model": { "Channels": [1, 2,], },
            }
            """;
        SampleOptions read = OptionsFile.Parse<SampleOptions>(Json, "run.json", []);
        Assert.Equal(3, read.Train.Steps);
        Assert.Equal([1, 2], read.Model.Channels);
    }

    [Theory]
    [InlineData("""{ "Train": { "Stpes": 1 } }""", "run.json: Train.Stpes is not an option; the nearest is Train.Steps.")]
    [InlineData("""{ "train": {} }""", "run.json: train is not an option; the nearest is Train.")]
    [InlineData("""{ "Steps": 1 }""", "run.json: Steps is not an option; the nearest is Train.Steps.")]
    [InlineData("""{ "Model": { "Rate": 1 } }""", "run.json: Model.Rate is not an option; the nearest is Train.Rate.")]
    [InlineData("""{ "Doubled": 1 }""", "run.json: Doubled is not an option; the nearest is Model.")]
    [InlineData("""{ "Model": { "Levels": [{}, { "Strid": 1 }] } }""", "run.json: Model.Levels[1].Strid is not an option; the nearest is Model.Levels[1].Stride.")]
    [InlineData("""{ "Name": "a", "Name": "b" }""", "run.json: Name stands twice; keep one of the two.")]
    [InlineData("""{ "Train": { "Steps": 0 } }""", "run.json: Train.Steps is 0 but must be between 1 and 1000.")]
    [InlineData("""{ "Train": { "Rate": -1 } }""", "run.json: Train.Rate is -1 but must be at least 0.")]
    [InlineData("""{ "Train": { "Steps": 1.5 } }""", "run.json: Train.Steps is 1.5 but must be a whole number that fits Int32.")]
    [InlineData("""{ "Train": { "Steps": 3000000000 } }""", "run.json: Train.Steps is 3000000000 but must be a whole number that fits Int32.")]
    [InlineData("""{ "Train": { "Rate": 1e999 } }""", "run.json: Train.Rate is 1e999 but must be a number that fits Double.")]
    [InlineData("""{ "Train": { "Steps": "3" } }""", "run.json: Train.Steps is \"3\" but must be a whole number.")]
    [InlineData("""{ "Train": { "Flip": 1 } }""", "run.json: Train.Flip is 1 but must be true or false.")]
    [InlineData("""{ "Train": { "Kind": "Square" } }""", "run.json: Train.Kind is \"Square\" but must be one of Round, Long.")]
    [InlineData("""{ "Train": { "Kind": "1" } }""", "run.json: Train.Kind is \"1\" but must be one of Round, Long.")]
    [InlineData("""{ "Train": null }""", "run.json: Train is null but must be a section { \"Key\": value }.")]
    [InlineData("""{ "Name": null }""", "run.json: Name is null but must be a text.")]
    [InlineData("""{ "Model": { "Channels": "3" } }""", "run.json: Model.Channels is \"3\" but must be a list of whole numbers.")]
    [InlineData("""{ "Model": { "Channels": [3, 0] } }""", "run.json: Model.Channels[1] is 0 but must be between 1 and 512.")]
    [InlineData("""{ "Model": { "Anchors": [[1], [2, 11]] } }""", "run.json: Model.Anchors[1][1] is 11 but must be between -10 and 10.")]
    [InlineData("""{ "Model": { "Tags": [null] } }""", "run.json: Model.Tags[0] is null but must be a text.")]
    [InlineData("""{ "Model": { "Width": 3 } }""", "run.json: Model.Width: the width must be even.")]
    [InlineData("""[1]""", "run.json: the whole is [1] but must be a section { \"Key\": value }.")]
    public void What_does_not_fit_is_refused_in_one_line(string json, string message)
    {
        var refusal = Assert.Throws<OptionsException>(() => OptionsFile.Parse<SampleOptions>(json, "run.json", []));
        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Name\": \"a\"\n\n \"Note\": 1 }")]
    [InlineData("{} {}")]
    public void What_is_not_JSON_is_refused_with_its_line(string json)
    {
        var refusal = Assert.Throws<OptionsException>(() => OptionsFile.Parse<SampleOptions>(json, "run.json", []));
        Assert.Matches(@"^run\.json: line \d+, byte \d+: this is not JSON: [^\n\r]+$", refusal.Message);
        if (json.Contains('\n')) Assert.Contains("line 3", refusal.Message);
    }

    [Fact]
    public void Long_values_are_shortened_in_messages()
    {
        string json = $$"""{ "Train": { "Steps": "{{new string('x', 500)}}" } }""";
        var refusal = Assert.Throws<OptionsException>(() => OptionsFile.Parse<SampleOptions>(json, "run.json", []));
        Assert.InRange(refusal.Message.Length, 1, 200);
    }

    [Fact]
    public void Null_is_kept_where_a_value_may_lack()
    {
        SampleOptions read = OptionsFile.Parse<SampleOptions>("""{ "Note": null, "Limit": null }""", "run.json", []);
        Assert.Null(read.Note);
        Assert.Null(read.Limit);
    }

    [Fact]
    public void What_is_written_reads_back_the_same() => Changed.Sample(options =>
    {
        string json = OptionsFile.Write(options);
        DeepEquality.AssertSame(options, OptionsFile.Parse<SampleOptions>(json, "run.json", []));
        Assert.Equal(json, OptionsFile.Write(OptionsFile.Parse<SampleOptions>(json, "run.json", [])));
    }, iter: 200);

    [Fact]
    public void A_file_is_written_with_all_keys_and_short_lists_on_one_line()
    {
        string[] lines = OptionsFile.Write(new SampleOptions()).Split('\n');
        Assert.Contains("    \"Channels\": [16, 32, 64],", lines);
        Assert.Contains("    \"Anchors\": [[1, 2.5], [3]],", lines);
        Assert.Contains("  \"Note\": null,", lines);
        Assert.Contains("    \"Kind\": \"Long\"", lines);
        Assert.DoesNotContain(lines, line => line.Contains("Doubled"));
    }

    [Fact]
    public void A_number_that_JSON_cannot_say_is_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => OptionsFile.Write(new SampleTraining { Rate = double.NaN }));

    [Fact]
    public void A_missing_file_is_named()
    {
        var refusal = Assert.Throws<OptionsException>(() => OptionsFile.Read<SampleOptions>("no-such.json", []));
        Assert.Equal("no-such.json: there is no such options file.", refusal.Message);
    }

    [Fact]
    public void A_file_on_disk_may_start_with_a_byte_order_mark()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{ "Name": "µ" }""", new System.Text.UTF8Encoding(true));
            Assert.Equal("µ", OptionsFile.Read<SampleOptions>(path, []).Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static readonly Gen<SampleOptions> Changed =
        from steps in Gen.Int[1, 1000]
        from seed in Gen.Long
        from rate in Gen.Double[0, 1e300]
        from flip in Gen.Bool
        from kind in Gen.Bool.Select(isRound => isRound ? SampleKind.Round : SampleKind.Long)
        from name in Gen.String
        from note in Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(text => (string?)text))
        from anchors in Gen.Double[-10, 10].Array[0, 4].Array[0, 3]
        from tags in Gen.String.Array[0, 3]
        from strides in Gen.Int[1, 64].Array[0, 3]
        select new SampleOptions
        {
            Name = Surrogateless(name),
            Note = note is null ? null : Surrogateless(note),
            Train = new SampleTraining { Steps = steps, Seed = seed, Rate = rate, Flip = flip, Kind = kind },
            Model = new SampleModel
            {
                Anchors = anchors,
                Tags = [.. tags.Select(Surrogateless)],
                Kinds = [kind],
                Levels = [.. strides.Select(stride => new SampleLevel { Stride = stride })],
            },
        };

    // A lone surrogate is no text that UTF-8 could carry.
    private static string Surrogateless(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)));
}
