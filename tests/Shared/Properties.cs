using FsCheck;
using FsCheck.Fluent;

namespace RoomCall.Tests;

/// <summary>Tries a property on many generated cases. Where one breaks it, the failure shows the smallest case that breaks it still,
/// and how to replay it.</summary>
/// <remarks>The seed is fixed, so that all runs say the same. <c>ROOMCALL_SEED=7</c> looks elsewhere; <c>ROOMCALL_REPLAY=a,b,c</c>, the
/// three numbers of a failure, begins with the case that failed. A property throws <see cref="AssertionException"/> itself: NUnit
/// would take down an assertion for every step of the shrinking.</remarks>
internal static class Properties
{
    private const ulong Seed = 20_260_101;
    private const ulong Gamma = 1_442_695_040_888_963_407;

    public static void Hold<T>(int cases, Gen<T> generator, Func<T, IEnumerable<T>> smaller, Action<T> property) =>
        Check.One(Settings(cases), Prop.ForAll(Arb.From(generator, smaller), property));

    public static void Hold<T>(int cases, Gen<T> generator, Func<T, IEnumerable<T>> smaller, Func<T, Task> property) =>
        Check.One(Settings(cases), Prop.ForAll(Arb.From(generator, smaller), property));

    /// <summary>The list without parts of it, large parts first.</summary>
    public static IEnumerable<T[]> Shorter<T>(T[] items)
    {
        for (int part = items.Length; part > 0; part /= 2)
        {
            for (int at = 0; at < items.Length; at += part)
            {
                yield return [.. items[..at], .. items[Math.Min(at + part, items.Length)..]];
            }
        }
    }

    /// <summary>The text without parts of it, large parts first.</summary>
    public static IEnumerable<string> Shorter(string text) => Shorter(text.ToCharArray()).Select(part => new string(part));

    private static Config Settings(int cases)
    {
        Config settings = Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true);
        if (Environment.GetEnvironmentVariable("ROOMCALL_REPLAY") is { Length: > 0 } replay)
        {
            ulong[] numbers = [.. replay.Split(',').Select(ulong.Parse)];
            return settings.WithReplay(new Replay(new Rnd(numbers[0], numbers[1]), (int)numbers[2]));
        }

        ulong seed = Environment.GetEnvironmentVariable("ROOMCALL_SEED") is { Length: > 0 } given ? ulong.Parse(given) : Seed;
        return settings.WithReplay(new Replay(new Rnd(seed, Gamma), null));
    }
}
