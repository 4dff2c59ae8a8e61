using RoomCall.InMemory;
using RoomCall.Server;
using Spectre.Console;

namespace RoomCall.Samples;

/// <summary>The play: Alice and Bob have a call with what the user gave them; Alice hangs up; Bob stays and has the next call with Carol.</summary>
internal sealed class CallScenario(Wishes wishes, FileStream? file, IAnsiConsole console)
{
    private const string Room = "lobby";

    // A redirected input may be a pipe that stays open without a word, as under a build server: it is not waited for longer than this.
    private static readonly TimeSpan PipePatience = TimeSpan.FromSeconds(1);

    private readonly SequenceView _view = new(console, TimeProvider.System);

    private readonly InMemoryWorld _world = new(new InMemoryWorldOptions
    {
        Network = new InMemoryNetworkOptions { Latency = wishes.Latency, Loss = wishes.Loss, Seed = wishes.Seed },
        Signaling = new InMemorySignalerOptions { Latency = wishes.Latency },

        // The server's log lines would only repeat, above each answer, what was asked.
        Rooms = new RoomBrokerOptions { SendLog = false },
    });

    /// <summary>Plays. When it is cancelled, whoever is in the room hangs up.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        // First of all: what is piped to the program may be waiting.
        InputLines? input = wishes.Chat || Console.IsInputRedirected ? InputLines.Start() : null;
        Explain();

        List<Peer> peers = [];
        try
        {
            _view.Begin("First call", initiator: "Alice", joiner: "Bob", Room);
            Peer alice = await JoinAsync("Alice", peers, cancellationToken);
            await alice.WhenLocalMediaShownAsync(cancellationToken);
            Peer bob = await JoinAsync("Bob", peers, cancellationToken);
            await ConnectAsync(alice, bob, cancellationToken);
            await TalkAsync(alice, bob, input, cancellationToken);
            await HangUpAsync(alice, bob, cancellationToken);

            _view.Begin("Second call: Bob stayed, and Carol comes", initiator: "Bob", joiner: "Carol", Room);
            Peer carol = await JoinAsync("Carol", peers, cancellationToken);
            await ConnectAsync(bob, carol, cancellationToken);
            await new Conversation(bob, carol, _view, showTravelTime: wishes.IsAdverse).GreetAsync(cancellationToken);
            await HangUpAsync(carol, bob, cancellationToken);
            await bob.Session.HangUpAsync(cancellationToken);
            await SayHowItEndedAsync(peers);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _view.Say(); // the cursor may stand behind a prompt
            _view.Say("Interrupted: hanging up.");
            throw;
        }
        finally
        {
            foreach (Peer peer in peers) await peer.DisposeAsync();
        }
    }

    private void Explain()
    {
        _view.Say("A whole call inside one process, as it happens:");
        _view.Say("  ─▶ signal, through the server  ═▶ data  ┄▶ media  ● what became true");
        _view.Say("  An arrow is drawn when it has arrived; one to the server, when it sets out.");
        if (wishes.IsAdverse)
        {
            _view.Say(FormattableString.Invariant(
                $"  Everything takes {wishes.Latency.TotalMilliseconds:0.###} ms one way, {wishes.Loss:0.##%} of data and media is lost (seed {wishes.Seed})."));
        }
    }

    private async Task<Peer> JoinAsync(string name, List<Peer> peers, CancellationToken cancellationToken)
    {
        Peer peer = await Peer.JoinAsync(_world, Room, name, _view, cancellationToken);
        peers.Add(peer);
        peer.AllowMedia();
        return peer;
    }

    /// <summary>The first call: all that the user gave.</summary>
    private async Task TalkAsync(Peer alice, Peer bob, InputLines? lines, CancellationToken cancellationToken)
    {
        Conversation conversation = new(alice, bob, _view, showTravelTime: wishes.IsAdverse);
        using (MediaFrames there = MediaFrames.Send(alice, bob))
        using (MediaFrames back = MediaFrames.Send(bob, alice))
        {
            if (!wishes.Chat && lines is not null && await lines.AnyWithinAsync(PipePatience, cancellationToken))
            {
                await conversation.PassOnAsync(lines.ReadAllAsync(cancellationToken), cancellationToken);
            }
            else
            {
                await conversation.GreetAsync(cancellationToken);
            }

            // What was said there and back came after the frames: those that are not there by now are lost.
            there.Show(_view);
            back.Show(_view);
        }

        if (wishes.IsAdverse) await conversation.SendManyAsync(cancellationToken);
        if (file is not null) await new FileTransfer(file, alice, bob, _view).RunAsync(cancellationToken);
        if (wishes.Chat) await new Chat(alice, bob, conversation, _view).RunAsync(lines!, cancellationToken);
    }

    private static async Task ConnectAsync(Peer initiator, Peer joiner, CancellationToken cancellationToken)
    {
        await initiator.WhenConnectedShownAsync(cancellationToken);
        await joiner.WhenConnectedShownAsync(cancellationToken);
    }

    private async Task HangUpAsync(Peer leaving, Peer staying, CancellationToken cancellationToken)
    {
        await leaving.Session.HangUpAsync(cancellationToken);
        await staying.WhenCallEndedShownAsync(cancellationToken);
        await staying.WhenOtherLeftAsync(cancellationToken);
        _view.Happened(staying.Name, staying.Session.State.IsInitiator ? "waiting, as the initiator" : "waiting");
    }

    private async Task SayHowItEndedAsync(List<Peer> peers)
    {
        _view.Say();
        foreach (Peer peer in peers) _view.Say($"{peer.Name,-6} {await peer.Session.Completion}");
    }
}
