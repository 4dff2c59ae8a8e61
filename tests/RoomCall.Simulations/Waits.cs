namespace RoomCall.Simulations;

/// <summary>Waits that end without an exception: lives have hundreds of ends, and exceptions are what would take the time.</summary>
internal static class Waits
{
    /// <summary>Waits for a state that fits; false where the session ended before.</summary>
    public static async Task<bool> HasComeToAsync(this ICallSession session, Func<CallState, bool> predicate)
    {
        Waiter waiter = new(predicate);
        using IDisposable subscription = session.States.Subscribe(waiter);
        return await waiter.Came;
    }

    private sealed class Waiter(Func<CallState, bool> predicate) : IObserver<CallState>
    {
        private readonly TaskCompletionSource<bool> _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Came => _came.Task;

        public void OnNext(CallState value)
        {
            if (!Came.IsCompleted && predicate(value)) _came.TrySetResult(true);
        }

        public void OnError(Exception error) => _came.TrySetException(error);

        public void OnCompleted() => _came.TrySetResult(false);
    }
}
