using System.Threading.Channels;
using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>Two engine's sides that are joined: what one sends the other delivers, in order and waiting for its reader.</summary>
internal sealed class TransportPair
{
    public TransportPair(int maxMessageSize = 65_536)
    {
        Left = new(maxMessageSize);
        Right = new(maxMessageSize);
        Left.Other = Right;
        Right.Other = Left;
    }

    public Side Left { get; }

    public Side Right { get; }

    public static (CallDataChannel Left, CallDataChannel Right, TransportPair Pair) Open(
        DataChannelLimits limits, int maxMessageSize = 65_536)
    {
        TransportPair pair = new(maxMessageSize);
        CallDataChannel left = new("x", DataChannelOptions.Reliable, limits, new RecordingLogger());
        CallDataChannel right = new("x", DataChannelOptions.Reliable, limits, new RecordingLogger());
        left.Attach(pair.Left);
        right.Attach(pair.Right);
        return (left, right, pair);
    }

    internal sealed class Side(int maxMessageSize) : IDataChannelTransport
    {
        // Null: the closing, which comes after all that was sent.
        private readonly Channel<DataMessage?> _way = Channel.CreateUnbounded<DataMessage?>();
        private IDataChannelTransportObserver? _observer;
        private long _bufferedAmount;
        private int _closed;

        public Side Other { get; set; } = null!;

        public int? Id => 0;

        public string Label => "x";

        public DataChannelOptions Options => DataChannelOptions.Reliable;

        public DataChannelState State => _closed == 0 ? DataChannelState.Open : DataChannelState.Closed;

        public int MaxMessageSize => maxMessageSize;

        public long BufferedAmount => Interlocked.Read(ref _bufferedAmount);

        public long BufferedAmountLowThreshold { get; set; }

        public int LargestMessage { get; private set; }

        public int Messages { get; private set; }

        /// <summary>After so many messages have arrived, the channel ends on both sides, and the others are lost.</summary>
        public int CutAfter { get; set; } = int.MaxValue;

        /// <summary>What the cut tells both sides; null: it looks like a closing.</summary>
        public Exception? CutError { get; set; }

        public void Attach(IDataChannelTransportObserver observer)
        {
            _observer = observer;
            _ = Task.Run(CarryAsync);
        }

        public void Send(DataMessage message)
        {
            LargestMessage = Math.Max(LargestMessage, message.IsText ? 0 : message.Size);
            Messages++;
            Interlocked.Add(ref _bufferedAmount, message.Size);
            if (State != DataChannelState.Open || !_way.Writer.TryWrite(message))
            {
                throw new InvalidOperationException("The channel is not open.");
            }
        }

        public void Close()
        {
            _way.Writer.TryWrite(null);
            _way.Writer.TryComplete();
        }

        public void End(Exception? error)
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
            {
                _observer!.OnClosed(error);
            }
        }

        private async Task CarryAsync()
        {
            int carried = 0;
            await foreach (DataMessage? next in _way.Reader.ReadAllAsync())
            {
                if (next is not { } message)
                {
                    Other.End(null);
                    End(null);
                    return;
                }

                if (carried++ == CutAfter)
                {
                    Other.End(CutError);
                    End(CutError);
                    return;
                }

                await Other._observer!.OnMessageAsync(message);
                long after = Interlocked.Add(ref _bufferedAmount, -message.Size);
                if (after <= BufferedAmountLowThreshold && after + message.Size > BufferedAmountLowThreshold)
                {
                    _observer!.OnBufferedAmountLow();
                }
            }
        }
    }
}
