namespace RoomCall.NetworkConformance;

/// <summary>Finds where the text frames of a WebSocket end in a stream of bytes: RFC 6455, section 5.2, behind the HTTP handshake.</summary>
internal sealed class FrameSplitter
{
    private readonly byte[] _header = new byte[14];
    private int _headerLength;
    private long _rest;
    private bool _isText;
    private int _ended;

    /// <summary>Whether the handshake has ended.</summary>
    public bool HasHandshake => _ended == 4;

    /// <summary>Takes the next bytes, up to the end of the handshake or of a text frame at most.</summary>
    /// <param name="bytes">What came, one byte or more.</param>
    /// <param name="endsFrame">Whether they end with a text frame.</param>
    /// <returns>How many.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out bool endsFrame)
    {
        endsFrame = false;
        int taken = 0;
        while (taken < bytes.Length && !endsFrame)
        {
            if (!HasHandshake)
            {
                // The handshake ends with an empty line.
                byte next = bytes[taken++];
                _ended = next == (byte)"\r\n\r\n"[_ended] ? _ended + 1 : next == (byte)'\r' ? 1 : 0;
                if (HasHandshake)
                    return taken;
                continue;
            }

            if (_rest > 0)
            {
                int part = (int)Math.Min(_rest, bytes.Length - taken);
                taken += part;
                _rest -= part;
            }
            else
            {
                _header[_headerLength++] = bytes[taken++];
                if (!HasHeader(out _rest))
                {
                    continue;
                }

                _isText = (_header[0] & 0x0f) is 0 or 1;
                _headerLength = 0;
            }

            endsFrame = _rest == 0 && _isText;
        }

        return taken;
    }

    private bool HasHeader(out long length)
    {
        length = 0;
        if (_headerLength < 2)
        {
            return false;
        }

        int shortLength = _header[1] & 0x7f;
        int lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        int maskBytes = (_header[1] & 0x80) != 0 ? 4 : 0;
        if (_headerLength < 2 + lengthBytes + maskBytes)
        {
            return false;
        }

        length = lengthBytes == 0 ? shortLength : 0;
        for (int i = 0; i < lengthBytes; i++)
        {
            length = (length << 8) | _header[2 + i];
        }

        return true;
    }
}
