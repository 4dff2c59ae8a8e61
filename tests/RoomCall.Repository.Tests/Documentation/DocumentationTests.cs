using System.Text.RegularExpressions;

namespace RoomCall.Repository.Documentation;

public partial class DocumentationTests
{
    private static IEnumerable<string> Documents =>
        RepositoryFiles.All("*.md").Select(file => Path.GetRelativePath(RepositoryFiles.Root, file));

    /// <summary>A code block of the documentation is a region of a file in a folder Documentation of tests, or a sample's whole program, letter for letter: so it
    /// compiles, and it runs.</summary>
    [TestCaseSource(nameof(Documents))]
    public void Every_csharp_block_is_compiled_code(string document)
    {
        string text = File.ReadAllText(RepositoryFiles.Path(document)).ReplaceLineEndings("\n");
        HashSet<string> compiled = [.. Regions(), .. Programs()];

        foreach (Match block in CSharpBlock().Matches(text))
        {
            string code = Unindent(block.Groups["code"].Value);
            Assert.That(compiled, Does.Contain(code), $"This block of {document} is no region of a file in a folder Documentation of tests, and no sample's program.");
        }
    }

    [TestCaseSource(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        string text = File.ReadAllText(RepositoryFiles.Path(document));
        string folder = Path.GetDirectoryName(RepositoryFiles.Path(document))!;

        foreach (Match link in RelativeLink().Matches(text))
        {
            string target = Path.Combine(folder, link.Groups["target"].Value);
            Assert.That(File.Exists(target) || Directory.Exists(target), Is.True, $"{document} links to {link.Groups["target"].Value}.");
        }
    }

    private static IEnumerable<string> Regions() =>
        from file in RepositoryFiles.All("*.cs", "tests")
        where file.Split(Path.DirectorySeparatorChar).Contains("Documentation")
        from Match region in Region().Matches(File.ReadAllText(file).ReplaceLineEndings("\n"))
        select Unindent(region.Groups["code"].Value);

    private static IEnumerable<string> Programs() =>
        from file in RepositoryFiles.All("Program.cs", "samples")
        select Unindent(File.ReadAllText(file).ReplaceLineEndings("\n"));

    private static string Unindent(string code)
    {
        string[] lines = code.Trim('\n').Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("^ *#region [^\n]*\n(?<code>.*?)^ *#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)")]
    private static partial Regex RelativeLink();
}
