namespace RoomCall.InMemory;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): eight bytes of state, so that each connection can own its stream of chance and the
/// data path shares nothing. The seeds come from the network's one seeded <see cref="Random"/>.</summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to but not 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
