using System.Diagnostics;
using RoomCall.LoadTest.Servers;
using RoomCall.Tests;

namespace RoomCall.LoadTest.Tests;

public class LoadTestProgramTests
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(5);

    [Test]
    public async Task All_measures_in_their_smallest_form_print_a_table_each()
    {
        string output = await RunAsync(
            "all", "--servers", "roomcall,raw-zero", "--rounds", "1", "--warm-up", "0.5", "--seconds", "0.5", "--calls", "2", "--pairs", "2", "--rate", "500",
            "--connections", "20", "--joins", "20", "--warm-up-calls", "4");

        string[] tables = [.. output.Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal))];
        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith("| raw-zero | ", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tables, Has.Length.EqualTo(7), output);
            Assert.That(rows, Has.Length.EqualTo(tables.Length), output);
            Assert.That(output, Does.Contain("| raw-backlog-512 | "));
        }
    }

    [TestCase("raw")]
    [TestCase("roomcall")]
    [TestCase("roomcall-hub")]
    [TestCase("signalr")]
    [TestCase("socketio")]
    public async Task Every_server_takes_part_in_a_call(string server)
    {
        if (server == "socketio" && !SocketIoRelay.IsInstalled) Tools.Missing("socket.io is not installed: npm ci --prefix benchmarks/socketio-relay");

        string output = await RunAsync("set-up", "--servers", server, "--rounds", "1", "--warm-up", "0.5", "--seconds", "0.5", "--calls", "2");

        Assert.That(output, Does.Contain($"| {server} | "));
    }

    [Test]
    public async Task Ratios_are_to_the_base_and_hubs_relay_what_takes_several_frames()
    {
        string output = await RunAsync(
            "relay", "--servers", "roomcall-hub,signalr", "--base", "signalr", "--rounds", "1", "--warm-up", "0.5", "--seconds", "0.5", "--pairs", "2", "--window", "4");

        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith("| signalr | ", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.EqualTo(2).And.All.Contain(" (1.00) |"), output);
            Assert.That(output, Does.Contain("ratios to signalr.").And.Contain("| roomcall-hub | "));
        }
    }

    /// <summary>Runs the program as its users do; it must end well.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) Tools.Missing("The load program reads /proc: run it on Linux.");
        string program = BuiltProgram.PathOf("benchmarks", "RoomCall.LoadTest");
        ProcessStartInfo start = new("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(SafetyNet);
            Assert.That(process.ExitCode, Is.Zero, await errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
