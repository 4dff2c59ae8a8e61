namespace RoomCall.DataChannels;

/// <summary>This side closes a channel.</summary>
/// <param name="Id">Its number (<see cref="IDataChannelTransport.Id"/>).</param>
/// <param name="Messages">How many messages this side has sent on it.</param>
/// <param name="IsAnswer">The other side has said that it has closed it.</param>
internal readonly record struct ChannelClosing(int Id, long Messages, bool IsAnswer);
