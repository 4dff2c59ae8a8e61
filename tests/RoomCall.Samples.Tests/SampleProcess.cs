using System.Diagnostics;

namespace RoomCall.Samples.Tests;

/// <summary>Runs a built sample and takes down what it does.</summary>
internal static class SampleProcess
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);

    /// <summary>Runs a sample to its end.</summary>
    /// <param name="sample">The sample's name.</param>
    /// <param name="input">What is piped to it; null: a pipe that stays open without a word.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<SampleResult> RunAsync(string sample, string? input, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(PathOf(sample));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);

        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (input is not null)
            {
                await WriteAsync(process, input);
            }

            await Task.WhenAll(output, error, process.WaitForExitAsync()).WaitAsync(SafetyNet);
            return new SampleResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input, as it may.
        }
    }

    // These tests stand in tests/X/bin/<configuration>/<framework>; the samples are built beside them, in the same configuration.
    private static string PathOf(string sample)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = framework.Parent!;
        DirectoryInfo root = configuration.Parent!.Parent!.Parent!.Parent!;
        string path = Path.Combine(root.FullName, "samples", sample, "bin", configuration.Name, framework.Name, sample + ".dll");
        Assert.That(path, Does.Exist, "The sample is not built.");
        return path;
    }
}
