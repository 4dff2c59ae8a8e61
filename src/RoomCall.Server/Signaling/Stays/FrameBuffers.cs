using System.Buffers;

namespace RoomCall.Server.Signaling;

/// <summary>The buffers of frames that wait to be acknowledged.</summary>
/// <remarks>A pool of their own: clients acknowledge many frames at a time, and the shared pool keeps but a few buffers of a size, so
/// that most of those given back would be garbage.</remarks>
internal static class FrameBuffers
{
    private const int LargestKept = 4096;

    // At most 8192 bytes for each in all sizes together: 16 MB, when so much has once waited at a time.
    private const int KeptOfEachSize = 2048;

    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(LargestKept, KeptOfEachSize);

    public static byte[] Rent(int length) => PoolOf(length).Rent(length);

    public static void Return(byte[] buffer) => PoolOf(buffer.Length).Return(buffer);

    private static ArrayPool<byte> PoolOf(int length) => length <= LargestKept ? Small : ArrayPool<byte>.Shared;
}
