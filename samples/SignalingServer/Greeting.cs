namespace RoomCall.Samples;

/// <summary>Says where the rooms are, once the server listens.</summary>
internal static partial class Greeting
{
    public static void SayWhereItListens(this WebApplication application, string path, bool isAuthorized) =>
        application.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (string address in application.Urls)
            {
                Log.RoomsAreAt(application.Logger, $"ws{address["http".Length..].TrimEnd('/')}{path}", isAuthorized ? "those who have a token" : "everybody");
            }
        });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Rooms are at {Address}, for {Whom}.", EventName = "RoomsAreAt")]
        public static partial void RoomsAreAt(ILogger logger, string address, string whom);
    }
}
