using System.ComponentModel;
using System.Diagnostics;

namespace Morula.Tests.Model;

/// <summary>Reads a checkpoint by numpy, where the system has it.</summary>
internal static class OutsidePython
{
    private const string Script = """
        import json, struct, sys
        import numpy
        data = open(sys.argv[1], "rb").read()
        length = struct.unpack("<Q", data[:8])[0]
        header = json.loads(data[8:8 + length])
        header.pop("__metadata__")
        for name in sorted(header):
            first, last = header[name]["data_offsets"]
            assert header[name]["dtype"] == "F32"
            values = numpy.frombuffer(data[8 + length + first:8 + length + last], dtype="<f4").reshape(header[name]["shape"])
            print(name, "x".join(map(str, values.shape)), *values.view("<u4").ravel())
        """;

    /// <summary>One line per weight: name, shape, bits of the numbers; null where there is no such Python.</summary>
    public static string[]? Read(string path)
    {
        foreach (string program in new[] { "/usr/bin/python3", "python3", "python" })
        {
            if (Run(program, "-c", "import numpy") is not null) return Run(program, "-c", Script, path) ?? throw new InvalidOperationException("Python refused the file.");
        }

        return null;
    }

    private static string[]? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
