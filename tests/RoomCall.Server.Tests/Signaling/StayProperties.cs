using RoomCall.Tests;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>Two clients in a room whose connections are cut at any point: whatever happens in between, all that each sends comes to the
/// other, in order and once, and nothing else.</summary>
public sealed class StayProperties
{
    private const int Cases = 500;

    [Test]
    public void Everything_arrives_in_order_and_once_wherever_connections_are_cut() =>
        Properties.Hold(Cases, StayAct.Any, StayAct.Smaller, acts =>
        {
            Run run = new();
            foreach (StayAct act in acts)
            {
                run.Do(act);
                run.Compare(act.ToString());
            }

            run.Finish();
        });

    private sealed class Run
    {
        private readonly SignalingBench _bench = new();
        private readonly ModelClient[] _clients;

        public Run() => _clients = [new ModelClient(_bench), new ModelClient(_bench)];

        public void Do(StayAct act)
        {
            ModelClient client = _clients[act.Client];
            switch (act)
            {
                case StayAct.Send: client.Send(); break;
                case StayAct.Ack: client.Ack(); break;
                case StayAct.Hold: client.Hold(); break;
                case StayAct.Release: client.Release(); break;
                case StayAct.Cut: client.Cut(); break;
                case StayAct.Resume: client.Resume(); break;
                case StayAct.ResumeWithOlderToken: client.ShowOlderToken(); break;
                case StayAct.ResumeWithOthersToken: client.ShowWrongToken(_clients[1 - act.Client].Token); break;
            }
        }

        /// <summary>Each has a beginning of what the other has sent; one who has been connected all the time without delay, all of it.</summary>
        public void Compare(string after)
        {
            for (int i = 0; i < 2; i++)
            {
                _clients[i].Read();
                int sent = _clients[1 - i].Sent;
                List<int> got = _clients[i].Got;
                if (got.Count > sent || !got.SequenceEqual(Enumerable.Range(1, got.Count)))
                    throw new AssertionException($"After {after}, client {i} had got {string.Join(' ', got)} of {sent}.");
            }
        }

        public void Finish()
        {
            foreach (ModelClient client in _clients)
            {
                client.Resume();
            }

            Compare("all");
            for (int i = 0; i < 2; i++)
            {
                if (_clients[i].Got.Count != _clients[1 - i].Sent)
                    throw new AssertionException($"In the end client {i} had got {_clients[i].Got.Count} of {_clients[1 - i].Sent}.");
            }

            _bench.Check();
        }
    }
}
