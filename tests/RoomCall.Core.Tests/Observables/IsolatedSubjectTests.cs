using RoomCall.Observables;

namespace RoomCall.Tests.Observables;

internal sealed class IsolatedSubjectTests
{
    private RecordingLogger _logger = null!;

    [SetUp]
    public void MakeLogger() => _logger = new();

    [Test]
    public void An_observer_gets_what_comes_after_it_subscribed_until_it_leaves()
    {
        IsolatedSubject<int> subject = new(_logger);
        Recorder<int> observer = new();
        subject.OnNext(1);
        IDisposable subscription = subject.Subscribe(observer);
        subject.OnNext(2);
        subscription.Dispose();
        subject.OnNext(3);
        subject.OnCompleted();

        Assert.That(observer.Values, Is.EqualTo([2]));
        Assert.That(observer.Completions, Is.Zero);
    }

    [Test]
    public void An_observer_that_throws_is_logged_stays_subscribed_and_harms_nobody()
    {
        IsolatedSubject<int> subject = new(_logger);
        InvalidOperationException thrown = new();
        Recorder<int> first = new(_ => throw thrown);
        Recorder<int> second = new();
        subject.Subscribe(first);
        subject.Subscribe(second);

        Assert.That(() => subject.OnNext(1), Throws.Nothing);
        subject.OnNext(2);
        subject.OnCompleted();

        Assert.That(first.Values, Is.EqualTo([1, 2]));
        Assert.That(second.Values, Is.EqualTo([1, 2]));
        Assert.That(second.Completions, Is.EqualTo(1));
        Assert.That(_logger.Entries.Where(entry => entry.Exception == thrown && entry.Id == 1300), Has.Exactly(2).Items);
    }

    [Test]
    public void It_completes_once_and_ignores_what_comes_after()
    {
        IsolatedSubject<int> subject = new(_logger);
        Recorder<int> early = new();
        Recorder<int> late = new();
        subject.Subscribe(early);
        subject.OnCompleted();
        subject.OnCompleted();
        subject.OnNext(1);
        subject.Subscribe(late);

        Assert.That(early.Completions, Is.EqualTo(1));
        Assert.That(late.Completions, Is.EqualTo(1));
        Assert.That(early.Values.Concat(late.Values), Is.Empty);
    }

    [Test]
    public void What_an_observer_produces_from_within_comes_after_what_it_is_being_told()
    {
        IsolatedSubject<int> subject = new(_logger);
        Recorder<int> first = new(value =>
        {
            if (value < 3)
            {
                subject.OnNext(value + 1);
            }
        });
        Recorder<int> second = new();
        subject.Subscribe(first);
        subject.Subscribe(second);
        subject.OnNext(1);

        Assert.That(first.Values, Is.EqualTo([1, 2, 3]));
        Assert.That(second.Values, Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public void An_observer_that_leaves_from_within_is_told_nothing_more()
    {
        IsolatedSubject<int> subject = new(_logger);
        IDisposable? subscription = null;
        Recorder<int> observer = new(_ => subscription!.Dispose());
        subscription = subject.Subscribe(observer);
        subject.Post(1);
        subject.Post(2);
        subject.PostCompleted();
        subject.Deliver();

        Assert.That(observer.Values, Is.EqualTo([1]));
        Assert.That(observer.Completions, Is.Zero);
    }

    [Test]
    public void Posting_calls_nobody_until_it_is_delivered()
    {
        IsolatedSubject<int> subject = new(_logger);
        Recorder<int> observer = new();
        subject.Subscribe(observer);
        subject.Post(1);
        Assert.That(observer.Values, Is.Empty);
        subject.Deliver();

        Assert.That(observer.Values, Is.EqualTo([1]));
    }

    [Test]
    public async Task Several_producers_are_told_one_at_a_time_and_to_all_in_the_same_order()
    {
        IsolatedSubject<int> subject = new(_logger);
        int inside = 0;
        bool overlapped = false;
        Recorder<int> first = new(_ =>
        {
            overlapped |= Interlocked.Increment(ref inside) != 1;
            Interlocked.Decrement(ref inside);
        });
        Recorder<int> second = new();
        subject.Subscribe(first);
        subject.Subscribe(second);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(producer => Task.Run(() =>
        {
            for (int i = 0; i < 5000; i++)
            {
                subject.OnNext((producer * 5000) + i);
            }
        }))).Soon();
        await second.WhenTold(20_000).Soon();

        Assert.That(overlapped, Is.False);
        Assert.That(second.Values, Is.EqualTo(first.Values));
        Assert.That(first.Values.Distinct().Count(), Is.EqualTo(20_000));
    }
}
