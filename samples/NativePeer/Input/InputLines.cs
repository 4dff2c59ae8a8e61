using System.Text;
using System.Threading.Channels;

namespace RoomCall.Samples;

/// <summary>The lines of the standard input, read on a thread of their own: a read of a console or of an idle pipe cannot be cancelled.</summary>
internal sealed class InputLines
{
    /// <summary>A longer line is cut into several, so that each fits into a message and none fills the memory.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(64);

    private InputLines()
    {
    }

    public static InputLines Start()
    {
        InputLines input = new();
        new Thread(input.Read) { IsBackground = true, Name = "standard input" }.Start();
        return input;
    }

    /// <summary>Waits for the first line.</summary>
    /// <returns>False when the input ended without one, or none came in time.</returns>
    public async Task<bool> AnyWithinAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            Task<bool> any = _lines.Reader.WaitToReadAsync(cancellationToken).AsTask();
            return await any.WaitAsync(patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits for the next line.</summary>
    /// <returns>Null at the end.</returns>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _lines.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_lines.Reader.TryRead(out string? line)) return line;
        }

        return null;
    }

    /// <summary>Reads on to the end.</summary>
    public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAllAsync(cancellationToken);

    private void Read()
    {
        Exception? failure = null;
        try
        {
            // A terminal has its own limit, and its own mark for the end of a line.
            Func<TextReader, string?> readLine = Console.IsInputRedirected ? ReadPiece : static reader => reader.ReadLine();
            while (readLine(Console.In) is { } line) _lines.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
        }
        catch (IOException exception)
        {
            failure = exception;
        }

        _lines.Writer.TryComplete(failure);
    }

    private static string? ReadPiece(TextReader reader)
    {
        StringBuilder line = new();
        while (line.Length < MaxLength)
        {
            int letter = reader.Read();
            if (letter < 0) return line.Length > 0 ? line.ToString() : null;
            if (letter == '\n') break;
            line.Append((char)letter);
        }

        return line.ToString().TrimEnd('\r');
    }
}
