using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Morula.Formats;
using Morula.Options;
using Morula.Streaming;

namespace Morula.Jobs;

/// <summary>
/// Submits a prediction to Slurm: an array of tasks for every stage, each stage behind the one before. A task that is killed is queued again by Slurm
/// (or the whole is submitted again) and goes on with what is not done.
/// </summary>
/// <param name="program">The executable, seen from the nodes.</param>
/// <param name="arguments">Its arguments before the path of the request.</param>
/// <param name="options">Options of sbatch for every job, such as --partition=short.</param>
public sealed class SlurmJob(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> options)
{
    /// <summary>Writes the scripts beside the results and submits them.</summary>
    /// <param name="request">What is to be predicted, in a folder that all nodes see.</param>
    /// <param name="units">Number of units of a stage.</param>
    /// <param name="tasks">Tasks of an array at most.</param>
    /// <returns>The jobs, one for every stage that has something to do.</returns>
    /// <exception cref="OptionsException">sbatch is not there or refuses.</exception>
    public IReadOnlyList<SlurmSubmission> Submit(PredictionRequest request, Func<PredictionStage, int> units, int tasks)
    {
        string requestPath = request.Save();
        string folder = Path.Combine(Path.GetFullPath(request.Folder), "slurm");
        Directory.CreateDirectory(folder);
        var submitted = new List<SlurmSubmission>();
        foreach (PredictionStage stage in Enum.GetValues<PredictionStage>())
        {
            // The end is one task: it also links the cells of a movie.
            int count = stage == PredictionStage.Finish ? 1 : Math.Min(tasks, units(stage));
            if (count == 0) continue;
            string script = Path.Combine(folder, $"{Word(stage)}.sh");
            AtomicFile.WriteText(script, Script(stage, requestPath, folder));
            string[] dependency = submitted.Count == 0 ? [] : [$"--dependency=afterok:{submitted[^1].Job}", "--kill-on-invalid-dep=yes"];
            string job = Sbatch(["--parsable", $"--array=0-{count - 1}", .. dependency, .. options, script]);
            submitted.Add(new SlurmSubmission(stage, job, count));
        }

        return submitted;
    }

    /// <summary>The script of a stage.</summary>
    internal string Script(PredictionStage stage, string requestPath, string folder)
    {
        var text = new StringBuilder("#!/bin/bash\n");
        text.Append($"#SBATCH --job-name=morula-{Word(stage)}\n#SBATCH --requeue\n#SBATCH --open-mode=append\n");
        text.Append($"#SBATCH --output={folder}/{Word(stage)}-%a.log\n");
        text.Append("exec");
        foreach (string word in (string[])[program, .. arguments, requestPath, "--stage", Word(stage)]) text.Append(' ').Append(Quoted(word));
        text.Append(" --share \"${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}\"\n");
        return text.ToString();
    }

    private static string Word(PredictionStage stage) => stage.ToString().ToLowerInvariant();

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Sbatch(IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo("sbatch", words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> said = process.StandardError.ReadToEndAsync();
            string answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            // Of a federation the name of the cluster follows the number.
            return process.ExitCode == 0 ? answer.Split(';')[0] : throw new OptionsException("--slurm", $"sbatch refused: {said.GetAwaiter().GetResult().Trim()}");
        }
        catch (Win32Exception fault)
        {
            throw new OptionsException("--slurm", $"sbatch cannot be started ({fault.Message}); run this where Slurm is installed, or use --workers on one machine.", fault);
        }
    }
}
