using Microsoft.Extensions.Options;

namespace RoomCall.WebSockets;

/// <summary>Names every option that is outside its range, with the range.</summary>
internal sealed class WebSocketSignalerOptionsValidator : IValidateOptions<WebSocketSignalerOptions>
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    public ValidateOptionsResult Validate(string? name, WebSocketSignalerOptions options)
    {
        ValidateOptionsResultBuilder result = new();
        Check(options.Endpoint is { IsAbsoluteUri: true, Scheme: "ws" or "wss" or "http" or "https" }, nameof(options.Endpoint),
            "the absolute address of the server with the scheme wss or ws, for example new Uri(\"wss://example.org/room\")");
        Check(options.Name is null or { Length: > 0 and <= 64 }, nameof(options.Name), "1 to 64 characters, or null");
        Check(options.Headers is not null, nameof(options.Headers), "not null");
        Check(options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= OneHour, nameof(options.ConnectTimeout), "more than zero and at most one hour");
        Check(IsBeat(options.KeepAliveInterval), nameof(options.KeepAliveInterval), "1 ms to one hour, or Timeout.InfiniteTimeSpan");
        Check(IsBeat(options.KeepAliveTimeout), nameof(options.KeepAliveTimeout), "1 ms to one hour, or Timeout.InfiniteTimeSpan");
        Check(options.MaxFrameBytes is >= 1024 and <= 1024 * 1024 * 1024, nameof(options.MaxFrameBytes), "1 KiB to 1 GiB");
        Check(options.Reconnect is not null, nameof(options.Reconnect), "not null");
        return result.Build();

        void Check(bool isRight, string property, string range)
        {
            if (!isRight)
            {
                result.AddError($"It must be {range}.", $"{nameof(WebSocketSignalerOptions)}.{property}");
            }
        }
    }

    private static bool IsBeat(TimeSpan time) => time == Timeout.InfiniteTimeSpan || (time >= OneMillisecond && time <= OneHour);
}
