namespace RoomCall.NativeCalls;

/// <summary>What is sent.</summary>
internal static class Messages
{
    /// <summary>64 bytes.</summary>
    public static byte[] Short { get; } = new byte[64];

    /// <summary>16 KiB.</summary>
    public static byte[] Long { get; } = new byte[16 * 1024];
}
