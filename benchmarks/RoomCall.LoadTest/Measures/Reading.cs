namespace RoomCall.LoadTest.Measures;

/// <summary>What was done in a time, and the CPU time that it took.</summary>
internal sealed record Reading(long Count, TimeSpan Elapsed, TimeSpan ServerCpu, TimeSpan LoadCpu)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>In microseconds.</summary>
    public double ServerCpuEach => ServerCpu.TotalMicroseconds / Count;

    /// <summary>In microseconds.</summary>
    public double LoadCpuEach => LoadCpu.TotalMicroseconds / Count;

    /// <summary>How much of its core the server used, in percent.</summary>
    public double ServerBusy => 100 * (ServerCpu / Elapsed);

    /// <summary>How much of its core the load used, in percent.</summary>
    public double LoadBusy => 100 * (LoadCpu / Elapsed);
}
