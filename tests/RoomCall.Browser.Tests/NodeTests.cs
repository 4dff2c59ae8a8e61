using System.ComponentModel;
using System.Diagnostics;
using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>The tests of the browser client that need no browser, by node's own test runner.</summary>
public sealed class NodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Test]
    public async Task The_tests_under_node_pass()
    {
        string folder = Repository.Path("tests", "RoomCall.Browser.Tests", "node");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.test.js", SearchOption.AllDirectories) : [];
        Assert.That(files, Is.Not.Empty, $"No test is in {folder}.");

        using Process? node = Start([.. files.Order(StringComparer.Ordinal)]);
        if (node is null)
        {
            Tools.Missing("Node is not installed: apt-get install -y nodejs");
            return;
        }

        try
        {
            Task<string> output = node.StandardOutput.ReadToEndAsync();
            Task<string> error = node.StandardError.ReadToEndAsync();
            await Task.WhenAll(output, error, node.WaitForExitAsync()).WaitAsync(Patience);
            await TestContext.Out.WriteLineAsync(await output);
            Assert.That(node.ExitCode, Is.Zero, $"{await output}\n{await error}");
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }

    private static Process? Start(string[] files)
    {
        ProcessStartInfo start = new("node", ["--test", .. files]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
