using System.CommandLine;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Arguments;

/// <summary>Options that take the names of servers.</summary>
internal static class ServerOption
{
    /// <summary>An option that takes names with commas between them.</summary>
    public static Option<string> Several(string name, string description, string usual) => Create(
        name, "NAMES", description + "\n" + string.Join("\n", ServerKinds.All.Select(kind => $"{kind.Name}: {kind.Description}")), usual, Names);

    /// <summary>An option that takes one name.</summary>
    public static Option<string> One(string name, string description, string usual) => Create(name, "NAME", description, usual, value => [value]);

    /// <summary>The names in the value of an option that takes several.</summary>
    public static string[] Names(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Option<string> Create(string name, string helpName, string description, string usual, Func<string, string[]> names)
    {
        Option<string> option = new(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            foreach (string unknown in result.Tokens.SelectMany(token => names(token.Value)).Where(name => ServerKinds.All.All(kind => kind.Name != name)))
                result.AddError($"There is no server '{unknown}': the servers are {string.Join(", ", ServerKinds.All.Select(kind => kind.Name))}.");
        });
        return option;
    }
}
