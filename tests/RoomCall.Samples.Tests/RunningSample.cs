using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace RoomCall.Samples.Tests;

/// <summary>A sample that runs while a test reads what it prints.</summary>
internal sealed class RunningSample : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;
    private readonly Task _reading;

    private RunningSample(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public static RunningSample Start(string sample, string[] arguments, params (string Name, string Value)[] environment) =>
        new(SampleProcess.Start(sample, arguments, environment));

    /// <summary>Waits for the next line that holds one of these texts; those before it are passed over.</summary>
    public async Task<string> WhenPrintedAsync(params string[] texts)
    {
        try
        {
            while (await _lines.Reader.WaitToReadAsync().AsTask().WaitAsync(Patience))
            {
                if (_lines.Reader.TryRead(out string? line) && texts.Any(line.Contains)) return line;
            }
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"'{string.Join("' or '", texts)}' was not printed in time:\n{Output}");
        }

        throw new AssertionException($"It ended and had not printed '{string.Join("' or '", texts)}':\n{Output}\n{await _error}");
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends what is typed.</summary>
    public void EndInput() => _process.StandardInput.Close();

    public Task SignalAsync(string signal) => SampleProcess.SignalAsync(_process, signal);

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for its end.</summary>
    public async Task<SampleResult> EndAsync()
    {
        try
        {
            await Task.WhenAll(_reading, _error, _process.WaitForExitAsync()).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"It did not end in time:\n{Output}");
        }

        return new SampleResult(_process.ExitCode, Output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }
}
