using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Checks the options when the application starts.</summary>
internal sealed class RoomCallServerOptionsValidator : IValidateOptions<RoomCallServerOptions>
{
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

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
