using System.CommandLine;

namespace RoomCall.TimeToOpen.Arguments;

/// <summary>An option that takes some of a few names, with commas between them.</summary>
internal static class NamesOption
{
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="names">The names that it takes.</param>
    /// <param name="usual">Those that are meant where the option is not given; all, where this is null.</param>
    public static Option<string> Create(string name, string description, IReadOnlyList<string> names, string? usual = null)
    {
        Option<string> option = new(name) { HelpName = "NAMES", Description = description, DefaultValueFactory = _ => usual ?? string.Join(',', names) };
        option.Validators.Add(result =>
        {
            foreach (string given in result.Tokens.SelectMany(token => Split(token.Value)).Except(names))
                result.AddError($"{name} does not know '{given}': it takes {string.Join(", ", names)}.");
        });
        return option;
    }

    public static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
