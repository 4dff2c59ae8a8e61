namespace RoomCall.Verification.Reports;

/// <summary>A counter-example in words and as a diagram.</summary>
/// <param name="Name">The file's name, without its ending.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Text">The moves, as a list.</param>
/// <param name="Mermaid">The moves, as a sequence diagram.</param>
internal sealed record CounterExampleFile(string Name, string Title, string Text, string Mermaid)
{
    public void Write(DirectoryInfo folder)
    {
        folder.Create();
        File.WriteAllText(Path.Combine(folder.FullName, $"{Name}.md"), $"# {Title}\n\n{Text}\n```mermaid\n{Mermaid}```\n");
    }
}
