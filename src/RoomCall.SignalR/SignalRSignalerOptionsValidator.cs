using Microsoft.Extensions.Options;

namespace RoomCall.SignalR;

/// <summary>Names every option that is outside its range, with the range.</summary>
internal sealed class SignalRSignalerOptionsValidator : IValidateOptions<SignalRSignalerOptions>
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    public ValidateOptionsResult Validate(string? name, SignalRSignalerOptions options)
    {
        ValidateOptionsResultBuilder result = new();
        Check(options.Name is null or { Length: > 0 and <= 64 }, nameof(options.Name), "1 to 64 characters, or null");
        Check(options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= OneHour, nameof(options.ConnectTimeout), "more than zero and at most one hour");
        Check(options.PingInterval == Timeout.InfiniteTimeSpan || IsBeat(options.PingInterval), nameof(options.PingInterval), "1 ms to one hour, or Timeout.InfiniteTimeSpan");
        Check(IsBeat(options.PingTimeout), nameof(options.PingTimeout), "1 ms to one hour");
        Check(options.MaxFrameBytes is >= 1024 and <= 1024 * 1024 * 1024, nameof(options.MaxFrameBytes), "1 KiB to 1 GiB");
        Check(options.Reconnect is not null, nameof(options.Reconnect), "not null");
        return result.Build();

        void Check(bool isRight, string property, string range)
        {
            if (!isRight)
            {
                result.AddError($"It must be {range}.", $"{nameof(SignalRSignalerOptions)}.{property}");
            }
        }
    }

    private static bool IsBeat(TimeSpan time) => time >= OneMillisecond && time <= OneHour;
}
