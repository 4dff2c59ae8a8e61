using RoomCall.Verification.Arguments;

return CommandLine.Run(args);
