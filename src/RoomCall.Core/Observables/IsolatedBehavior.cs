using Microsoft.Extensions.Logging;

namespace RoomCall.Observables;

/// <summary>
/// A value and its changes: an observer is told the value now, then every change in order, then the completion. Who subscribes
/// after the completion gets the last value and the completion. Otherwise as <see cref="IsolatedSubject{T}"/>.
/// </summary>
internal sealed class IsolatedBehavior<T>(T value, ILogger logger) : IsolatedSubject<T>(logger)
    where T : notnull
{
    // Held in a box of its own, so that a value of any size is read whole without a lock.
    private volatile object _value = value;

    /// <summary>The value now: the latest that was posted, told to the observers or not yet.</summary>
    public T Value => (T)_value;

    private protected override void Keep(T value) => _value = value;

    private protected override bool TryGetKept(out T value)
    {
        value = Value;
        return true;
    }
}
