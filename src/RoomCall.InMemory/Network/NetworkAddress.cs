using System.Globalization;

namespace RoomCall.InMemory;

/// <summary>The address of a host candidate: one of the three documentation networks (RFC 5737), a host and a port, in 26 bits.</summary>
internal readonly record struct NetworkAddress(int Value)
{
    private const int FirstPort = 1024;
    private const int PortCount = 65536 - FirstPort;
    private const int HostCount = 254;
    private static readonly string[] Networks = ["192.0.2.", "198.51.100.", "203.0.113."];

    public string Host => Networks[Value >> 24] + ((Value >> 16) & 0xFF).ToString(CultureInfo.InvariantCulture);

    public int Port => Value & 0xFFFF;

    /// <summary>The n-th address of a network; they repeat after sixteen million.</summary>
    public static NetworkAddress At(int network, uint n) => new(
        ((network % Networks.Length) << 24) | (int)((n / PortCount % HostCount) + 1) << 16 | (int)((n % PortCount) + FirstPort));

    /// <summary>Reads an address; false for one that no connection of this process can have.</summary>
    public static bool TryParse(ReadOnlySpan<char> host, int port, out NetworkAddress address)
    {
        for (int network = 0; network < Networks.Length; network++)
        {
            if (host.StartsWith(Networks[network], StringComparison.Ordinal)
                && byte.TryParse(host[Networks[network].Length..], NumberStyles.None, CultureInfo.InvariantCulture, out byte last))
            {
                address = new(network << 24 | last << 16 | port);
                return true;
            }
        }

        address = default;
        return false;
    }
}
