using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RoomCall.Samples;

/// <summary>Metrics and traces go where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; where it says nothing, nothing is collected.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        // The other OTEL_ variables hold too: protocol, headers, interval, the service's name.
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("roomcall-signaling").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter("RoomCall", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddOtlpExporter())
            .WithTracing(traces => traces.AddSource("RoomCall", "Microsoft.AspNetCore").AddOtlpExporter());
    }
}
