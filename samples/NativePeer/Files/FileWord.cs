namespace RoomCall.Samples;

/// <summary>One of the JSON texts that go with a file; what it does not say is null.</summary>
internal sealed record FileWord
{
    /// <summary>In the header: what the sender calls the file.</summary>
    public string? Name { get; init; }

    /// <summary>In the header: its bytes.</summary>
    public long? Size { get; init; }

    /// <summary>In the trailer: the SHA-256 of the whole in hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>In the answer: the SHA-256 of what has arrived.</summary>
    public string? Received { get; init; }

    /// <summary>In the answer: why the file was not taken.</summary>
    public string? Refused { get; init; }
}
