using System.CommandLine;
using RoomCall.Benchmarks;

Option<bool> full = new("--full") { Description = "Run each benchmark as long as its figures need, instead of about a minute for all parts." };
Option<string> filter = new("--filter") { Description = "Run only the benchmarks whose name fits, for example *Flow*.", DefaultValueFactory = _ => "*" };
Option<int> sessions = new("--sessions") { Description = "How many calls are held up at once for the bytes of an idle session.", DefaultValueFactory = _ => 10_000 };
Option<int> calls = new("--calls") { Description = "How many calls are set up for the CPU time of one.", DefaultValueFactory = _ => 5_000 };

RootCommand root = new("Measures RoomCall. Without a command, all of it.") { full, filter, calls, sessions };
root.SetAction(async parse =>
{
    Parts.Run(parse.GetValue(full), parse.GetValue(filter)!);
    await SetUp.MeasureAsync(parse.GetValue(calls));
    await IdleSessions.MeasureAsync(parse.GetValue(sessions));
});

Command parts = new("parts", "The flow, the messages, the data channel and a call, with BenchmarkDotNet.") { full, filter };
parts.SetAction(parse => Parts.Run(parse.GetValue(full), parse.GetValue(filter)!));

Command setUp = new("set-up", "The CPU time of a whole call's set-up, all threads together.") { calls };
setUp.SetAction(parse => SetUp.MeasureAsync(parse.GetValue(calls)));

Command idle = new("idle", "The bytes that an idle, connected session holds.") { sessions };
idle.SetAction(parse => IdleSessions.MeasureAsync(parse.GetValue(sessions)));

root.Subcommands.Add(parts);
root.Subcommands.Add(setUp);
root.Subcommands.Add(idle);
return await root.Parse(args).InvokeAsync();
