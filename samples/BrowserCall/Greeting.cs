namespace RoomCall.Samples;

/// <summary>Says which address to open, once the server listens.</summary>
internal static class Greeting
{
    public static void SayWhatToOpen(this WebApplication application) =>
        application.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (string address in application.Urls)
            {
                Console.WriteLine($"Open {address}/?room=lobby in two tabs, or without a room to get one of your own.");
            }
        });
}
