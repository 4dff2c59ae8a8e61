using RoomCall.TimeToOpen.Arguments;

return await CommandLine.RunAsync(args);
