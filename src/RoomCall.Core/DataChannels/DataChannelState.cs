namespace RoomCall.DataChannels;

/// <summary>The state of a data channel. Source: W3C WebRTC, RTCDataChannelState.</summary>
public enum DataChannelState
{
    /// <summary>Not open yet; what is sent waits ("connecting").</summary>
    Connecting,

    /// <summary>Messages flow ("open").</summary>
    Open,

    /// <summary>The closing procedure is under way ("closing").</summary>
    Closing,

    /// <summary>Closed; nothing can be sent any more ("closed").</summary>
    Closed,
}
