namespace RoomCall.Samples;

/// <summary>The file that the user named.</summary>
internal static class SourceFile
{
    /// <summary>Opens it.</summary>
    /// <exception cref="WrongPathException">It cannot be sent.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path)) throw new WrongPathException($"--send: '{path}' is a folder: name a file.");
        if (!File.Exists(path)) throw new WrongPathException($"--send: there is no file '{path}'.");
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            if (file.CanSeek && file.Length <= FileFormat.LargestFile) return file;
            string why = file.CanSeek ? $"is larger than the {FileFormat.LargestFile} bytes that the other side takes" : "is a device or a pipe";
            file.Dispose();
            throw new WrongPathException($"--send: '{path}' {why}: name another file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WrongPathException($"--send: '{path}' cannot be read: {exception.Message}");
        }
    }
}
