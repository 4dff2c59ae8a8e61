using System.CommandLine;

namespace RoomCall.TimeToOpen.Arguments;

/// <summary>An option that takes some of a few names, with commas between them.</summary>
internal static class NamesOption
{
    public static Option<string> Create(string name, string description, IReadOnlyList<string> names)
    {
        Option<string> option = new(name) { HelpName = "NAMES", Description = description, DefaultValueFactory = _ => string.Join(',', names) };
        option.Validators.Add(result =>
        {
            foreach (string given in result.Tokens.SelectMany(token => Split(token.Value)).Except(names))
                result.AddError($"{name} does not know '{given}': it takes {string.Join(", ", names)}.");
        });
        return option;
    }

    public static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
