using System.Collections.Concurrent;
using System.Reflection;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The one place that looks into SIPSorcery.</summary>
public sealed class UnacknowledgedDataTests
{
    [Test]
    public void This_version_of_SIPSorcery_has_it_where_the_adapter_looks()
    {
        const BindingFlags hidden = BindingFlags.Instance | BindingFlags.NonPublic;

        Assert.That(typeof(SctpAssociation).GetField("_dataSender", hidden)?.FieldType, Is.EqualTo(typeof(SctpDataSender)));
        Assert.That(
            typeof(SctpDataSender).GetField("_unconfirmedChunks", hidden)?.FieldType, Is.EqualTo(typeof(ConcurrentDictionary<uint, SctpDataChunk>)));
    }

    [Test]
    public void Of_a_connection_that_is_not_up_nothing_is_on_its_way()
    {
        using RTCPeerConnection peer = new();

        Assert.That(UnacknowledgedData.IsOn(peer.sctp.RTCSctpAssociation, 1), Is.False);
    }
}
