using System.CommandLine;
using Morula.Cli;
using Morula.Formats;
using Morula.Options;
using Xunit;

namespace Morula.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void A_verb_gets_its_arguments_and_options()
    {
        var answer = Run(["greet", "Ada", "--set", "A.B=[1,2]", "--set", "C=x=y", "--set", "D=-1", "--times=2", "-q"], context =>
        {
            context.Output.Write(string.Join('|', context.Value(Who), context.Value(Times), context.Value(CommonOptions.Quiet)));
            foreach (string set in context.Value(CommonOptions.Set)) context.Output.Write($"|{set}");
        });
        Assert.Equal((0, "Ada|2|True|A.B=[1,2]|C=x=y|D=-1", ""), answer);
    }

    [Fact]
    public void Options_have_defaults() =>
        Assert.Equal((0, "1 False 0", ""), Run(["greet", "Ada"], context =>
            context.Output.Write($"{context.Value(Times)} {context.Value(CommonOptions.Overwrite)} {context.Value(CommonOptions.Set).Length}")));

    [Fact]
    public void An_argument_may_begin_with_an_at_sign() =>
        Assert.Equal((0, "@file", ""), Run(["greet", "@file"], context => context.Output.Write(context.Value(Who))));

    [Theory]
    [InlineData("morula: there is no verb \"greeet\"; the nearest is greet. See \"morula --help\".", "greeet")]
    [InlineData("morula: there is no option \"--tims\"; the nearest is --times. See \"morula greet --help\".", "greet", "Ada", "--tims", "2")]
    [InlineData("morula: there is no option \"--quite\"; the nearest is --quiet. See \"morula greet --help\".", "greet", "Ada", "--quite")]
    [InlineData("morula: there is no argument \"Bob\". See \"morula greet --help\".", "greet", "Ada", "Bob")]
    [InlineData("morula: <who> is missing. See \"morula greet --help\".", "greet")]
    [InlineData("morula: \"x\" is not a whole number, which --times takes. See \"morula greet --help\".", "greet", "Ada", "--times", "x")]
    [InlineData("morula: --times needs a value. See \"morula greet --help\".", "greet", "Ada", "--times")]
    [InlineData("morula: --times takes one value but was given 2. See \"morula greet --help\".", "greet", "Ada", "--times", "1", "--times", "2")]
    public void A_wrong_command_line_is_refused_in_one_line_with_a_hint(string line, params string[] args) =>
        Assert.Equal((ExitCode.Refused, "", line + Environment.NewLine), Run(args, _ => Assert.Fail("the verb ran")));

    [Fact]
    public void Nothing_to_do_shows_the_help()
    {
        var (code, output, error) = Run([], _ => Assert.Fail("the verb ran"));
        Assert.Equal((ExitCode.Refused, ""), (code, output));
        Assert.Contains("greet", error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Help_of_a_verb_ends_with_its_examples(string option)
    {
        var (code, output, error) = Run(["greet", option], _ => Assert.Fail("the verb ran"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("morula greet <who> [options]", output);
        Assert.EndsWith("""
            Examples:
              Says hello twice
                morula greet Ada --times 2
            """.ReplaceLineEndings(), output.TrimEnd());
    }

    [Fact]
    public void The_version_is_that_of_the_command()
    {
        var (code, output, _) = Run(["--version"], _ => Assert.Fail("the verb ran"));
        Assert.Equal(0, code);
        Assert.Matches(@"^morula \d+\.\d+\.\d+", output);
    }

    [Fact]
    public void Every_verb_of_the_command_has_a_description_and_an_example() =>
        Assert.All(Morula.Cli.Verbs.All.Create(), verb =>
        {
            Assert.NotEmpty(verb.Description!);
            Assert.NotEmpty(verb.Examples);
            Assert.All(verb.Examples, example => Assert.StartsWith(verb.Name, example.Line));
        });

    public static TheoryData<Exception, string> ErrorsOfTheUser => new()
    {
        { new OptionsException("run.json", "Train.Steps is 0 but must be at least 1."), "run.json: Train.Steps is 0 but must be at least 1." },
        { new VolumeFormatException("a.tif", "the file\n  is torn."), "a.tif: the file is torn." },
        { new FileNotFoundException("Could not find file 'a.tif'."), "Could not find file 'a.tif'." },
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), "Access to the path '/x' is denied." },
        { new IOException("No space left on device : '/x'", 28), "the disk is full: No space left on device : '/x'" },
        { new PlatformNotSupportedException("needs 64 bits."), "needs 64 bits." },
        { new AggregateException(new OperationCanceledException(), new AggregateException(new IOException("gone"))), "gone" },
    };

    [Theory]
    [MemberData(nameof(ErrorsOfTheUser))]
    public void Errors_of_the_user_take_one_line(Exception fault, string line) =>
        Assert.Equal((ExitCode.Refused, "", $"morula: {line}{Environment.NewLine}"), Run(["greet", "Ada"], _ => throw fault));

    [Fact]
    public void Faults_of_the_program_keep_their_trace()
    {
        foreach (Exception fault in (Exception[])[new InvalidOperationException("oops"), new AggregateException(new IOException("gone"), new ArgumentException("oops"))])
        {
            var (code, _, error) = Run(["greet", "Ada"], _ => throw fault);
            Assert.Equal(ExitCode.Fault, code);
            Assert.StartsWith("morula: this is a fault of the program", error);
            Assert.Contains("oops", error);
            Assert.Contains(nameof(Faults_of_the_program_keep_their_trace), error);
        }
    }

    [Fact]
    public void A_full_disk_takes_one_line_whoever_fills_it()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        var (code, _, error) = Run(["greet", "Ada"], _ => File.WriteAllText("/dev/full", "x"));
        Assert.Equal(ExitCode.Refused, code);
        Assert.StartsWith("morula: the disk is full: ", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_run_that_can_go_on_later_says_how() =>
        Assert.Equal(
            (ExitCode.Stopped, "", $"morula: stopped; go on with: greet again{Environment.NewLine}"),
            Run(["greet", "Ada"], _ => throw new StoppedException("greet again")));

    [Fact]
    public void A_run_that_is_asked_to_stop_says_so()
    {
        using var source = new CancellationTokenSource();
        var answer = RunUntil(["greet", "Ada"], context =>
        {
            source.Cancel();
            context.Stop.ThrowIfCancellationRequested();
        }, source.Token);
        Assert.Equal((ExitCode.Stopped, "", $"morula: stopped.{Environment.NewLine}"), answer);
    }

    private static readonly Argument<string> Who = new("who") { Description = "Whom to greet." };

    private static readonly Option<int> Times = new("--times") { Description = "How often.", DefaultValueFactory = _ => 1 };

    private static (int Code, string Output, string Error) Run(string[] args, Action<VerbContext> body) =>
        RunUntil(args, body, TestContext.Current.CancellationToken);

    private static (int Code, string Output, string Error) RunUntil(string[] args, Action<VerbContext> body, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Verb greet = Verb.Create(
            "greet", "Says hello.", [new VerbExample("greet Ada --times 2", "Says hello twice")], [Who, Times, CommonOptions.Set, CommonOptions.Overwrite], body);
        int code = CommandLine.Run([greet], args, output, error, stop);
        return (code, output.ToString(), error.ToString());
    }
}
