using RoomCall.Samples;

return await CommandLine.RunAsync(args);
