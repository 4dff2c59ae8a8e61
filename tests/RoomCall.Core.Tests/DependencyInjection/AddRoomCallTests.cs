using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.DependencyInjection;

public class AddRoomCallTests
{
    [Test]
    public void The_client_is_a_singleton()
    {
        using ServiceProvider provider = Complete(new ServiceCollection()).BuildServiceProvider();

        ICallClient first = provider.GetRequiredService<ICallClient>();
        ICallClient second = provider.GetRequiredService<ICallClient>();

        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public void A_missing_signaler_is_named_with_the_call_that_was_forgotten()
    {
        ServiceCollection services = new();
        services.AddRoomCall();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            provider.GetRequiredService<ICallClient>,
            Throws.InvalidOperationException.With.Message.Contains("IRoomSignaler").And.Message.Contains("UseInMemory()"));
    }

    [Test]
    public void An_option_outside_its_range_is_refused_when_the_client_is_made()
    {
        ServiceCollection services = Complete(new ServiceCollection());
        services.AddRoomCall(options => options.SendBufferLimit = 0);
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            provider.GetRequiredService<ICallClient>,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("SendBufferLimit"));
    }

    [Test]
    public void Adding_twice_adds_the_configurations_up()
    {
        ServiceCollection services = Complete(new ServiceCollection());
        services.AddRoomCall(options => options.MaxRecoveryAttempts = 7);
        services.AddRoomCall(options => options.SendQueueLimit = 9);
        using ServiceProvider provider = services.BuildServiceProvider();

        CallOptions options = provider.GetRequiredService<IOptions<CallOptions>>().Value;
        Assert.That((options.MaxRecoveryAttempts, options.SendQueueLimit), Is.EqualTo((7, 9)));
    }

    private static ServiceCollection Complete(ServiceCollection services)
    {
        services.AddRoomCall();
        services.AddSingleton(Mock.Of<IRoomSignaler>());
        services.AddSingleton(Mock.Of<IPeerConnectionFactory>(factory => factory.Capabilities == new EngineCapabilities()));
        return services;
    }
}
