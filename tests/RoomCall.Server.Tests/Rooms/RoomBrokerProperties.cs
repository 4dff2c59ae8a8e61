using RoomCall.Signaling;
using RoomCall.Tests;

namespace RoomCall.Server.Tests.Rooms;

public sealed class RoomBrokerProperties
{
    private const int Cases = 3_000;

    [Test]
    public void Every_client_is_told_what_the_model_says_after_every_act() =>
        Properties.Hold(Cases, RoomAct.Script.Any, RoomAct.Script.Smaller, script =>
        {
            Run run = new(script);
            foreach (RoomAct act in script.Acts)
            {
                run.Do(act);
                run.CompareWithModel(act);
            }
        });

    [Test]
    public void When_all_have_left_a_broker_keeps_no_trace_of_them() =>
        Properties.Hold(Cases, RoomAct.Script.Any, RoomAct.Script.Smaller, script =>
        {
            Run run = new(script);
            Array.ForEach(script.Acts, run.Do);
            for (int client = 0; client < RoomAct.Clients; client++)
            {
                run.Do(new RoomAct.Leave(client, PeerLeftReason.Left));
            }

            if (!run.Broker.Directory.IsEmpty)
                throw new AssertionException("Something is kept.");
        });

    /// <summary>A broker and its model, to which the same is done.</summary>
    private sealed class Run
    {
        private readonly RoomModel _model;
        private readonly TestMember[] _members = [.. Enumerable.Range(0, RoomAct.Clients).Select(_ => new TestMember())];
        private readonly RoomSeat?[] _seats = new RoomSeat?[RoomAct.Clients];

        public Run(RoomAct.Script script)
        {
            _model = new RoomModel(script.Capacity, script.MaxRooms);
            Broker = Server.Tests.Broker.WithCountedIds(new RoomBrokerOptions
            {
                Capacity = script.Capacity,
                MaxRooms = script.MaxRooms,
                MaxMessageBytes = RoomAct.MaxMessageBytes,
                MessageBurst = 1_000_000, // how many messages a second is not what is tried here
                SendLog = false,
            });
        }

        public RoomBroker Broker { get; }

        public void Do(RoomAct act)
        {
            switch (act)
            {
                case RoomAct.Enter enter:
                    _model.Enter(enter.Client, enter.Room);
                    _seats[enter.Client] = Broker.CreateOrJoin(enter.Room, _members[enter.Client]) ?? _seats[enter.Client];
                    break;
                case RoomAct.Leave leave:
                    _model.Leave(leave.Client, leave.Reason);
                    _seats[leave.Client]?.Leave(leave.Reason);
                    break;
                case RoomAct.Relay relay:
                    byte[] payload = [.. Enumerable.Range(0, relay.Size).Select(at => (byte)(relay.Client + at))];
                    string? to = relay.To is { } other ? _model.PeerOf(other) ?? "nobody" : null;
                    _model.Relay(relay.Client, payload, to);
                    _seats[relay.Client]?.Relay(payload, to);
                    break;
            }
        }

        public void CompareWithModel(RoomAct act)
        {
            if (Broker.MemberCount != _model.Members || Broker.RoomCount != _model.Rooms)
                throw new AssertionException(
                    $"After {act}: {Broker.MemberCount} members in {Broker.RoomCount} rooms, not {_model.Members} in {_model.Rooms}.");

            for (int client = 0; client < RoomAct.Clients; client++)
            {
                string told = string.Join(Environment.NewLine, _members[client].All.Select(RoomModel.Say));
                string expected = string.Join(Environment.NewLine, _model.Told[client]);
                if (told != expected)
                    throw new AssertionException($"After {act}, client {client} was told:\n{told}\nand not:\n{expected}");
            }
        }
    }
}
