using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>What the tests of the flow tell, each by its name: a test that is added is a vector too.</summary>
internal static class NamedScenarios
{
    private static readonly Type[] Fixtures =
    [
        typeof(CandidateTests), typeof(ClosingTests), typeof(DataChannelTests), typeof(DeadlineTests), typeof(EndingTests), typeof(GateTests),
        typeof(GenerationTests), typeof(MediaTests), typeof(NegotiationTests), typeof(ParkingTests), typeof(PresenceTests),
        typeof(RecoveryTests), typeof(RejoiningTests), typeof(RoomTests),
    ];

    public static IEnumerable<FlowWalk> Play() => Fixtures.SelectMany(Play);

    private static IEnumerable<FlowWalk> Play(Type type) =>
        from test in TestsOf(new DefaultSuiteBuilder().BuildFrom(new TypeWrapper(type))).OrderBy(test => test.Name, StringComparer.Ordinal)
        from walk in Play(type, test)
        select walk;

    private static IEnumerable<ITest> TestsOf(ITest test) => test.IsSuite ? test.Tests.SelectMany(TestsOf) : [test];

    private static FlowWalk[] Play(Type type, ITest test)
    {
        using FlowRecorder recorder = new();
        object fixture = Activator.CreateInstance(type)!;
        test.Method!.MethodInfo.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, test.Arguments, null);
        return [.. recorder.Walks($"{type.Name}: {test.Name}")];
    }
}
