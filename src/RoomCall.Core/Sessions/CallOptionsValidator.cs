using System.Text;
using Microsoft.Extensions.Options;
using RoomCall.DataChannels;

namespace RoomCall;

/// <summary>Names every option that is outside its range, with the range.</summary>
internal sealed class CallOptionsValidator : IValidateOptions<CallOptions>
{
    private const int OneGibibyte = 1024 * 1024 * 1024;
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, CallOptions options)
    {
        ValidateOptionsResultBuilder result = new();
        Range(result, nameof(options.SendQueueLimit), options.SendQueueLimit, 0, OneGibibyte);
        Range(result, nameof(options.SendBufferLimit), options.SendBufferLimit, 1, OneGibibyte);
        Range(result, nameof(options.ReceiveBufferLimit), options.ReceiveBufferLimit, 1, OneGibibyte);
        Range(result, nameof(options.PendingCandidateLimit), options.PendingCandidateLimit, 1, 10_000);
        Range(result, nameof(options.MaxRecoveryAttempts), options.MaxRecoveryAttempts, 0, 100);
        Present(result, nameof(options.IceServers), options.IceServers);
        Label(result, options.DataChannelLabel);
        if (Present(result, nameof(options.DataChannel), options.DataChannel))
        {
            Channel(result, options.DataChannel);
        }

        if (Present(result, nameof(options.Timeouts), options.Timeouts))
        {
            Timeouts(result, options.Timeouts);
        }

        return result.Build();
    }

    private static void Timeouts(ValidateOptionsResultBuilder result, CallTimeouts timeouts)
    {
        Due(result, nameof(timeouts.Join), timeouts.Join);
        Due(result, nameof(timeouts.Wait), timeouts.Wait);
        Due(result, nameof(timeouts.Media), timeouts.Media);
        Due(result, nameof(timeouts.Negotiation), timeouts.Negotiation);
        Due(result, nameof(timeouts.Connection), timeouts.Connection);
        Due(result, nameof(timeouts.DataChannel), timeouts.DataChannel);
        Due(result, nameof(timeouts.Disconnected), timeouts.Disconnected);
        Due(result, nameof(timeouts.Recovery), timeouts.Recovery);
        Due(result, nameof(timeouts.Signaling), timeouts.Signaling);
        Due(result, nameof(timeouts.Operation), timeouts.Operation, isFinite: true);
        Due(result, nameof(timeouts.HangUp), timeouts.HangUp, isFinite: true);
    }

    private static void Channel(ValidateOptionsResultBuilder result, DataChannelOptions channel)
    {
        if (channel.MaxRetransmits is not null && channel.MaxPacketLifeTime is not null)
        {
            result.AddError("MaxRetransmits and MaxPacketLifeTime exclude each other.", nameof(CallOptions.DataChannel));
        }

        if (channel.MaxRetransmits is < 0 or > ushort.MaxValue)
        {
            result.AddError("MaxRetransmits must be 0 to 65,535.", nameof(CallOptions.DataChannel));
        }

        if (channel.MaxPacketLifeTime is { } life && (life < TimeSpan.Zero || life.TotalMilliseconds > ushort.MaxValue))
        {
            result.AddError("MaxPacketLifeTime must be 0 to 65,535 ms.", nameof(CallOptions.DataChannel));
        }
    }

    private static void Label(ValidateOptionsResultBuilder result, string? label)
    {
        if (label is null || Encoding.UTF8.GetByteCount(label) > ushort.MaxValue)
        {
            result.AddError("It must be a text of at most 65,535 bytes in UTF-8.", nameof(CallOptions.DataChannelLabel));
        }
    }

    private static bool Present(ValidateOptionsResultBuilder result, string name, object? value)
    {
        if (value is null)
        {
            result.AddError("It must not be null.", name);
        }

        return value is not null;
    }

    private static void Range(ValidateOptionsResultBuilder result, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            result.AddError($"It must be {least} to {most}, not {value}.", name);
        }
    }

    private static void Due(ValidateOptionsResultBuilder result, string name, TimeSpan value, bool isFinite = false)
    {
        if ((isFinite || value != Timeout.InfiniteTimeSpan) && (value <= TimeSpan.Zero || value > OneDay))
        {
            result.AddError($"It must be more than zero and at most one day{(isFinite ? "" : ", or Timeout.InfiniteTimeSpan")}, not {value}.", $"{nameof(CallOptions.Timeouts)}.{name}");
        }
    }
}
