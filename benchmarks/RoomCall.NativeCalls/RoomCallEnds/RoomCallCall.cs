using RoomCall.DataChannels;

namespace RoomCall.NativeCalls.RoomCallEnds;

/// <summary>A call of RoomCall.</summary>
internal sealed class RoomCallCall(ICallSession coming, ICallSession waiting, IDataChannel near, IDataChannel far) : IOpenCall
{
    public async Task EchoAsync()
    {
        await near.SendAsync(Messages.Short);
        DataMessage heard = await far.ReceiveAsync();
        await far.SendAsync(heard.Data);
        await near.ReceiveAsync();
    }

    public async Task SendAsync(int messages)
    {
        Task receiving = Task.Run(async () =>
        {
            for (int i = 0; i < messages; i++)
                await far.ReceiveAsync();
        });
        for (int i = 0; i < messages; i++)
            await near.SendAsync(Messages.Long);
        await receiving;
    }

    public async ValueTask DisposeAsync()
    {
        await coming.DisposeAsync();
        await waiting.DisposeAsync();
    }
}
