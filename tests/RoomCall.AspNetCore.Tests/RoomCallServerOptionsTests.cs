using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The options are checked when the application starts, and each fault names its option.</summary>
public sealed class RoomCallServerOptionsTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly (string Property, Action<RoomCallServerOptions> Least, Action<RoomCallServerOptions> Most)[] OutOfRange =
    [
        ("MaxNameLength", o => o.MaxNameLength = 0, o => o.MaxNameLength = 1025),
        ("MaxFramesPerSecond", o => o.MaxFramesPerSecond = 0, o => o.MaxFramesPerSecond = 1_000_001),
        ("FrameBurst", o => o.FrameBurst = 0, o => o.FrameBurst = 1_000_001),
        ("MaxMalformedFrames", o => o.MaxMalformedFrames = -1, o => o.MaxMalformedFrames = 1_000_001),
        ("MaxQueuedFrames", o => o.MaxQueuedFrames = 63, o => o.MaxQueuedFrames = 1_000_001),
        ("MaxQueuedBytes", o => o.MaxQueuedBytes = 65_535, o => o.MaxQueuedBytes = 1_073_741_825),
        ("JoinTimeout", o => o.JoinTimeout = TimeSpan.Zero, o => o.JoinTimeout = TimeSpan.FromHours(1.1)),
        ("ResumeTime", o => o.ResumeTime = TimeSpan.FromSeconds(0.9), o => o.ResumeTime = TimeSpan.FromHours(1.1)),
        ("CloseTimeout", o => o.CloseTimeout = TimeSpan.Zero, o => o.CloseTimeout = TimeSpan.FromMinutes(1.1)),
        ("MaxFrameBytes", o => o.MaxFrameBytes = 1023, o => o.MaxFrameBytes = 16_777_217),
        ("MaxStaysPerConnection", o => o.MaxStaysPerConnection = 0, o => o.MaxStaysPerConnection = 100_001),
        ("HeartbeatInterval", o => o.HeartbeatInterval = TimeSpan.FromSeconds(0.4), o => o.HeartbeatInterval = TimeSpan.FromHours(1.1)),
        ("HeartbeatTimeout", o => o.HeartbeatTimeout = TimeSpan.FromSeconds(0.4), o => o.HeartbeatTimeout = TimeSpan.FromHours(1.1)),
        ("Rooms", o => o.Rooms = null!, o => o.Rooms = null!),
        ("AllowedOrigins", o => o.AllowedOrigins.Add("example.org"), o => o.AllowedOrigins.Add("https://example.org/page")),
        ("Rooms.Capacity", o => o.Rooms.Capacity = 1, o => o.Rooms.Capacity = 10_001),
        ("Rooms.MaxRooms", o => o.Rooms.MaxRooms = 0, o => o.Rooms.MaxRooms = -1),
        ("Rooms.MaxRoomNameLength", o => o.Rooms.MaxRoomNameLength = 0, o => o.Rooms.MaxRoomNameLength = 4097),
        ("Rooms.MaxMessageBytes", o => o.Rooms.MaxMessageBytes = 0, o => o.Rooms.MaxMessageBytes = 16_777_217),
        ("Rooms.MaxMessagesPerSecond", o => o.Rooms.MaxMessagesPerSecond = 0, o => o.Rooms.MaxMessagesPerSecond = 1_000_001),
        ("Rooms.MessageBurst", o => o.Rooms.MessageBurst = 0, o => o.Rooms.MessageBurst = 1_000_001),
        ("Rooms.ParkedOfferLifetime", o => o.Rooms.ParkedOfferLifetime = -Day, o => o.Rooms.ParkedOfferLifetime = 2 * Day),
        ("Rooms.MaxParkedMessages", o => o.Rooms.MaxParkedMessages = 0, o => o.Rooms.MaxParkedMessages = 10_001),
        ("Rooms.IceServers", o => o.Rooms.IceServers = null!, o => o.Rooms.IceServers = [null!]),
    ];

    private static IEnumerable<TestCaseData<string, Action<RoomCallServerOptions>>> Faults => OutOfRange.SelectMany(option => new[]
    {
        new TestCaseData<string, Action<RoomCallServerOptions>>(option.Property, option.Least).SetArgDisplayNames(option.Property, "too little"),
        new TestCaseData<string, Action<RoomCallServerOptions>>(option.Property, option.Most).SetArgDisplayNames(option.Property, "too much"),
    });

    [TestCaseSource(nameof(Faults))]
    public async Task An_application_with_an_option_out_of_range_does_not_start(string property, Action<RoomCallServerOptions> configure)
    {
        OptionsValidationException? fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RoomHost.StartAsync(configure));

        Assert.That(fault!.Failures.Single(), Does.Match($@"\b{property.Split('.')[^1]}\b"));
    }

    private static IEnumerable<TestCaseData<string, Action<RoomCallServerOptions>>> Contradictions =>
    [
        new TestCaseData<string, Action<RoomCallServerOptions>>("MaxQueuedFrames", o => o.MaxQueuedFrames = 64).SetArgDisplayNames("parked messages"),
        new TestCaseData<string, Action<RoomCallServerOptions>>("MaxQueuedBytes", o => o.MaxFrameBytes = 1024 * 1024).SetArgDisplayNames("frames"),
        new TestCaseData<string, Action<RoomCallServerOptions>>("MaxQueuedBytes", o => o.Rooms.MaxMessageBytes = 1024 * 1024).SetArgDisplayNames("messages"),
    ];

    [TestCaseSource(nameof(Contradictions))]
    public async Task An_application_whose_limits_contradict_each_other_does_not_start(string property, Action<RoomCallServerOptions> configure)
    {
        OptionsValidationException? fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RoomHost.StartAsync(configure));

        Assert.That(fault!.Failures.Single(), Does.StartWith($"Set {property} "));
    }

    [Test]
    public void Each_option_with_a_range_has_a_case_here()
    {
        IEnumerable<string> own = WithRange(typeof(RoomCallServerOptions));
        IEnumerable<string> rooms = WithRange(typeof(RoomBrokerOptions)).Select(name => $"Rooms.{name}");

        Assert.That(OutOfRange.Select(option => option.Property), Is.SupersetOf(own.Concat(rooms)));

        static IEnumerable<string> WithRange(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(TimeSpan))
            .Select(property => property.Name);
    }

    [Test]
    public async Task All_faults_are_told_at_once()
    {
        OptionsValidationException? fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RoomHost.StartAsync(options =>
        {
            options.MaxFrameBytes = 1;
            options.ResumeTime = -Day;
            options.Rooms.Capacity = 0;
        }));

        Assert.That(fault!.Failures.Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task The_options_are_read_from_a_section_of_the_configuration()
    {
        await using RoomHost host = await RoomHost.StartAsync(build: builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["RoomCall:MaxFrameBytes"] = "2048",
                ["RoomCall:ResumeTime"] = "00:00:30",
                ["RoomCall:AllowedOrigins:0"] = "https://example.org",
                ["RoomCall:Rooms:Capacity"] = "3",
                ["RoomCall:Rooms:IceServers:0:Urls:0"] = "turn:turn.example.org",
                ["RoomCall:Rooms:IceServers:0:Urls:1"] = "turns:turn.example.org",
                ["RoomCall:Rooms:IceServers:0:Username"] = "u",
                ["RoomCall:Rooms:IceServers:0:Credential"] = "p",
                ["RoomCall:Rooms:IceServers:1:Urls:0"] = "stun:stun.example.org",
            });
            builder.Services.AddRoomCallServer().BindConfiguration("RoomCall");
        });

        RoomCallServerOptions options = host.Services.GetRequiredService<IOptions<RoomCallServerOptions>>().Value;

        Assert.That((options.MaxFrameBytes, options.ResumeTime, options.Rooms.Capacity), Is.EqualTo((2048, TimeSpan.FromSeconds(30), 3)));
        Assert.That(options.AllowedOrigins, Is.EqualTo(new[] { "https://example.org" }));
        Assert.That(options.Rooms.IceServers, Has.Count.EqualTo(2));
        Assert.That(options.Rooms.IceServers[0].Urls, Is.EqualTo(new[] { "turn:turn.example.org", "turns:turn.example.org" }));
        Assert.That((options.Rooms.IceServers[0].Username, options.Rooms.IceServers[0].Credential), Is.EqualTo(("u", "p")));
        Assert.That(options.Rooms.IceServers[1].ToString(), Is.EqualTo("stun:stun.example.org"));
    }
}
