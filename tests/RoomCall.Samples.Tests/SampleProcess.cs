using System.Diagnostics;
using System.Globalization;
using System.Text;
using RoomCall.Tests;

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
        using Process process = Start(sample, arguments);
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

    /// <summary>Interrupts a sample, as Ctrl+C does, once it has printed a text.</summary>
    public static async Task<SampleResult> InterruptAsync(string sample, string after, params string[] arguments)
    {
        using Process process = Start(sample, arguments);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            StringBuilder output = new();
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(SafetyNet) is { } line)
            {
                output.AppendLine(line);
                if (!line.Contains(after, StringComparison.Ordinal)) continue;
                await SignalAsync(process, "INT");
            }

            await process.WaitForExitAsync().WaitAsync(SafetyNet);
            return new SampleResult(process.ExitCode, output.ToString(), await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts a sample, with its three streams redirected.</summary>
    public static Process Start(string sample, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Repository.Sample(sample));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, such as <c>INT</c> or <c>TERM</c>.</summary>
    public static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
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
}
