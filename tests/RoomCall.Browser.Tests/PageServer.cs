using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>samples/BrowserCall as a process of its own, which can be killed and started again on the same port.</summary>
internal sealed partial class PageServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly StringBuilder _output = new();
    private Process? _process;

    private PageServer()
    {
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>What it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<PageServer> StartAsync()
    {
        PageServer server = new();
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it without a word to anybody.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;

        _process = null;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    /// <summary>Starts it on the port that it had before.</summary>
    public async Task StartAgainAsync()
    {
        string program = Repository.Sample("BrowserCall");
        TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["exec", program, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Address.Port}")])
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => listening.TrySetException(new AssertionException($"The page's server ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience);

        void Take(string? line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            if (line is not null && WhatToOpen().Match(line) is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    [GeneratedRegex(@"^Open (?<address>http://[^/\s]+)/")]
    private static partial Regex WhatToOpen();
}
