using System.CommandLine;

namespace RoomCall.LoadTest.Arguments;

/// <summary>An option that takes a whole number not below a bound.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, string description, int usual, int least = 1)
    {
        Option<int> option = new(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int number) || number < least))
                result.AddError($"{name} takes a whole number of at least {least}, not '{token.Value}'.");
        });
        return option;
    }
}
