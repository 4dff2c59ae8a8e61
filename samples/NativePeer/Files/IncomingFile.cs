using System.Security.Cryptography;

namespace RoomCall.Samples;

/// <summary>One file on its way here: counted, summed and, where there is a folder, written into a part that becomes the file when all of
/// it has come. No more of it is in memory than the channel buffers.</summary>
internal sealed class IncomingFile : IAsyncDisposable
{
    private readonly string _name;
    private readonly long _size;
    private readonly DownloadFolder? _folder;
    private readonly FileStream? _part;
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _received;
    private bool _isKept;

    private IncomingFile(string name, long size, DownloadFolder? folder, FileStream? part) =>
        (_name, _size, _folder, _part) = (name, size, folder, part);

    /// <summary>Begins a file.</summary>
    /// <param name="name">A safe name.</param>
    /// <param name="size">The bytes that are announced.</param>
    /// <param name="folder">Where it goes; null: nowhere.</param>
    /// <exception cref="RefusedFileException">It is too large.</exception>
    public static IncomingFile Begin(string name, long size, DownloadFolder? folder) => size <= FileFormat.LargestFile
        ? new IncomingFile(name, size, folder, folder?.CreatePart())
        : throw new RefusedFileException(FormattableString.Invariant($"It is larger than {FileFormat.LargestFile:N0} bytes."));

    /// <exception cref="RefusedFileException">More came than was announced.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _received += bytes.Length;
        if (_received > _size)
            throw new RefusedFileException("More came than was announced.");

        _sum.AppendData(bytes.Span);
        if (_part is not null)
            await _part.WriteAsync(bytes);
    }

    /// <summary>All has come.</summary>
    /// <param name="announced">The SHA-256 that the sender told.</param>
    /// <returns>The SHA-256 of what came.</returns>
    /// <exception cref="RefusedFileException">It is not what was sent.</exception>
    public async ValueTask<string> CompleteAsync(string? announced)
    {
        string sum = Convert.ToHexStringLower(_sum.GetHashAndReset());
        if (_received != _size || !sum.Equals(announced, StringComparison.OrdinalIgnoreCase))
            throw new RefusedFileException("It did not arrive whole.");

        if (_part is not null)
            await _part.DisposeAsync();
        return sum;
    }

    /// <summary>Gives the complete file its name.</summary>
    /// <returns>Its path; null where there is no folder.</returns>
    public string? Keep()
    {
        if (_part is null)
            return null;

        string path = _folder!.Keep(_part.Name, _name);
        _isKept = true;
        return path;
    }

    /// <summary>Forgets what is not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        _sum.Dispose();
        if (_part is null)
            return;

        await _part.DisposeAsync();
        if (!_isKept)
            File.Delete(_part.Name);
    }
}
