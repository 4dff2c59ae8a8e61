namespace RoomCall.Samples;

/// <summary>The file that the user named.</summary>
internal static class SourceFile
{
    /// <summary>Opens it, so that what is wrong with it is known before the call begins.</summary>
    /// <exception cref="UnreadableFileException">It cannot be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path)) throw new UnreadableFileException($"--send: '{path}' is a folder: name a file.");
        if (!File.Exists(path)) throw new UnreadableFileException($"--send: there is no file '{path}'.");
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (file.CanSeek) return file;
            file.Dispose();
            throw new UnreadableFileException($"--send: '{path}' is a device or a pipe: name a regular file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"--send: '{path}' cannot be read: {exception.Message}");
        }
    }
}
