namespace RoomCall.Tests;

/// <summary>What a test needs beside the .NET SDK.</summary>
internal static class Tools
{
    /// <summary>Ends a test whose tool is missing: skipped with the reason, or failed where all are required to be there, as in CI.</summary>
    /// <param name="reason">What is missing, and the command that installs it.</param>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("ROOMCALL_REQUIRE_ALL") == "1")
            Assert.Fail($"{reason} (ROOMCALL_REQUIRE_ALL is set, so that nothing is skipped.)");

        Assert.Ignore(reason);
    }
}
