using RoomCall.Observables;

namespace RoomCall.Tests.Observables;

internal sealed class IsolatedBehaviorTests
{
    private RecordingLogger _logger = null!;

    [SetUp]
    public void MakeLogger() => _logger = new();

    [Test]
    public void An_observer_gets_the_value_now_then_every_change_then_the_completion()
    {
        IsolatedBehavior<string> behavior = new("a", _logger);
        behavior.OnNext("b");
        Recorder<string> observer = new();
        behavior.Subscribe(observer);
        behavior.OnNext("c");
        behavior.OnCompleted();

        Assert.That(observer.Values, Is.EqualTo(["b", "c"]));
        Assert.That(observer.Completions, Is.EqualTo(1));
        Assert.That(behavior.Value, Is.EqualTo("c"));
    }

    [Test]
    public void Who_comes_after_the_completion_gets_the_last_value_and_the_completion()
    {
        IsolatedBehavior<int> behavior = new(1, _logger);
        behavior.OnNext(2);
        behavior.OnCompleted();
        behavior.OnNext(3);
        Recorder<int> observer = new();
        behavior.Subscribe(observer);

        Assert.That(observer.Values, Is.EqualTo([2]));
        Assert.That(observer.Completions, Is.EqualTo(1));
    }

    [Test]
    public void The_value_has_moved_before_the_observers_are_told()
    {
        IsolatedBehavior<int> behavior = new(1, _logger);
        int seen = 0;
        behavior.Subscribe(new Recorder<int>(_ => seen = behavior.Value));
        behavior.OnNext(2);

        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void An_observer_that_throws_on_subscribing_is_logged_and_told_the_changes()
    {
        IsolatedBehavior<int> behavior = new(1, _logger);
        Recorder<int> observer = new(_ => throw new InvalidOperationException());

        Assert.That(() => behavior.Subscribe(observer), Throws.Nothing);
        behavior.OnNext(2);

        Assert.That(observer.Values, Is.EqualTo([1, 2]));
        Assert.That(_logger.Entries, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Who_subscribes_while_it_changes_misses_nothing_and_gets_nothing_twice()
    {
        for (int round = 0; round < 500; round++)
        {
            IsolatedBehavior<int> behavior = new(0, _logger);
            Recorder<int> observer = new();
            Task producing = Task.Run(() =>
            {
                for (int i = 1; i <= 50; i++)
                {
                    behavior.OnNext(i);
                }

                behavior.OnCompleted();
            });
            behavior.Subscribe(observer);
            await producing.Soon();
            await observer.Completed.Soon();

            int first = observer.Values[0];
            Assert.That(observer.Values, Is.EqualTo(Enumerable.Range(first, 51 - first)));
        }
    }
}
