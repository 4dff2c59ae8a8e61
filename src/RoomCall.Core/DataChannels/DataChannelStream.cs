namespace RoomCall.DataChannels;

/// <summary>A stream over a data channel.</summary>
public abstract class DataChannelStream : Stream;
