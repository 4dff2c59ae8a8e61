namespace RoomCall.Samples;

/// <summary>The folder for the files that come. Nothing in it is overwritten.</summary>
internal sealed class DownloadFolder
{
    private const int MostOfOneName = 1000;

    private readonly string _path;

    private DownloadFolder(string path) => _path = path;

    /// <summary>Takes a folder, which is made where it is not there.</summary>
    /// <exception cref="WrongPathException">It cannot be written to.</exception>
    public static DownloadFolder Open(string path)
    {
        try
        {
            DownloadFolder folder = new(Directory.CreateDirectory(path).FullName);
            using FileStream trial = folder.CreatePart(FileOptions.DeleteOnClose);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongPathException($"--save: '{path}' is no folder that can be written to: {exception.Message}");
        }
    }

    /// <summary>Makes a file without a name of its own, for what is not complete yet.</summary>
    public FileStream CreatePart(FileOptions options = FileOptions.Asynchronous) =>
        new(Path.Combine(_path, $".{Guid.NewGuid():N}.part"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, options);

    /// <summary>Gives a part its name or, where that is taken, a similar one.</summary>
    /// <param name="part">The path of the part.</param>
    /// <param name="name">A safe name.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">It cannot be named.</exception>
    public string Keep(string part, string name)
    {
        for (int number = 1; ; number++)
        {
            string numbered = $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}";
            string path = Path.Combine(_path, number == 1 ? name : numbered);
            try
            {
                File.Move(part, path, overwrite: false);
                return path;
            }
            catch (IOException) when (number < MostOfOneName && Path.Exists(path))
            {
                // Taken: the next number.
            }
        }
    }
}
