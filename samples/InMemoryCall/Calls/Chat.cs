namespace RoomCall.Samples;

/// <summary>A person types for both sides, until an empty line, <c>bye</c>, or the end of the input.</summary>
internal sealed class Chat(Peer initiator, Peer joiner, Conversation conversation, SequenceView view)
{
    private readonly bool _isTyped = !Console.IsInputRedirected && !Console.IsOutputRedirected;

    public async Task RunAsync(InputLines lines, CancellationToken cancellationToken)
    {
        view.Say($"{initiator.Name} and {joiner.Name} speak in turn; begin a line with a: or b: to choose.");
        view.Say("An empty line or 'bye' hangs up.");

        Peer speaker = initiator;
        while (true)
        {
            if (_isTyped) view.Prompt($"{speaker.Name}> ");
            string? line = (await lines.ReadAsync(cancellationToken))?.Trim();
            if (line is null or "" || line.Equals("bye", StringComparison.OrdinalIgnoreCase)) return;

            (speaker, string text) = Choose(speaker, line);
            if (text.Length > 0) await conversation.SayAsync(speaker, text, cancellationToken);
            speaker = speaker == initiator ? joiner : initiator;
        }
    }

    private (Peer Speaker, string Text) Choose(Peer speaker, string line) => line switch
    {
        ['a' or 'A', ':', .. var text] => (initiator, text.Trim()),
        ['b' or 'B', ':', .. var text] => (joiner, text.Trim()),
        _ => (speaker, line),
    };
}
