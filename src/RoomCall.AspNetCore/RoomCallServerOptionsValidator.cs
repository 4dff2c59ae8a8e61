using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Checks the options when the application starts.</summary>
internal sealed class RoomCallServerOptionsValidator : IValidateOptions<RoomCallServerOptions>
{
    // What one who comes is told beside all that is parked, with room to spare.
    private const int SpareFrames = 48;

    public ValidateOptionsResult Validate(string? name, RoomCallServerOptions options)
    {
        List<string> faults = [.. options.FindFaults()];
        if (options.Rooms is not null)
        {
            try
            {
                _ = new RoomBroker(options.Rooms);
            }
            catch (ArgumentException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count == 0)
            faults.AddRange(FindContradictions(options));

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Limits that are right each by itself and together let nobody stay.</summary>
    private static IEnumerable<string> FindContradictions(RoomCallServerOptions options)
    {
        RoomBrokerOptions rooms = options.Rooms;
        if (options.MaxQueuedFrames < rooms.MaxParkedMessages + SpareFrames)
            yield return $"Set {nameof(options.MaxQueuedFrames)} to {SpareFrames} more than {nameof(options.Rooms)}.{nameof(rooms.MaxParkedMessages)} at least: one who comes is sent all that is parked at once.";
        if (options.MaxQueuedBytes / 2 < Math.Max(options.MaxFrameBytes, rooms.MaxMessageBytes))
            yield return $"Set {nameof(options.MaxQueuedBytes)} to twice {nameof(options.MaxFrameBytes)} and twice {nameof(options.Rooms)}.{nameof(rooms.MaxMessageBytes)} at least: a message comes on top of those that are not acknowledged.";
    }
}
