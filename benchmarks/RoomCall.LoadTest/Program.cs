using RoomCall.LoadTest.Arguments;
using RoomCall.LoadTest.Servers;

return Cores.AreGiven ? await CommandLine.RunAsync(args) : await Cores.RunAgainAsync(args);
