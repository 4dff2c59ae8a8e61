using System.Text;

namespace RoomCall.Verification.Exploration;

/// <summary>A finding in words: the shortest sequence of moves that leads to it.</summary>
internal static class CounterExample
{
    public static IReadOnlyList<MoveText> Tell<TState>(IModel<TState> model, Finding finding)
        where TState : class
    {
        List<MoveText> told = [];
        TState state = model.Starts.ElementAt(finding.Start);
        foreach (Move move in finding.Moves)
        {
            told.Add(model.Tell(state, move));
            state = model.Take(state, move, out _);
        }

        return told;
    }

    /// <summary>As a numbered list.</summary>
    public static string ToText(IReadOnlyList<MoveText> moves, Violation violation)
    {
        StringBuilder text = new();
        for (int i = 0; i < moves.Count; i++)
        {
            MoveText move = moves[i];
            string who = move.From == move.To ? move.From : $"{move.From} -> {move.To}";
            text.Append(i + 1).Append(". ").Append(move.IsAct ? "*the world* " : "").Append(who).Append(": ").Append(move.Text).Append('\n');
        }

        return text.Append("=> ").Append(violation.Rule).Append(": ").Append(violation.Detail).Append('\n').ToString();
    }

    /// <summary>As a sequence diagram in Mermaid.</summary>
    public static string ToMermaid(IReadOnlyList<MoveText> moves, Violation violation, IEnumerable<string> participants)
    {
        StringBuilder text = new("sequenceDiagram\n");
        foreach (string participant in participants)
            text.Append("    participant ").Append(participant).Append('\n');

        foreach (MoveText move in moves)
        {
            text.Append(move.From == move.To
                ? $"    Note over {move.From}: {(move.IsAct ? "⚡ " : "")}{Plain(move.Text)}\n"
                : $"    {move.From}->>{move.To}: {(move.IsAct ? "⚡ " : "")}{Plain(move.Text)}\n");
        }

        string all = string.Join(",", new[] { participants.First(), participants.Last() });
        return text.Append("    Note over ").Append(all).Append(": ").Append(Plain(violation.Detail)).Append('\n').ToString();
    }

    // In Mermaid a semicolon ends the line and a hash begins a character's number.
    private static string Plain(string text) => text.Replace(';', ',').Replace('#', ' ');
}
