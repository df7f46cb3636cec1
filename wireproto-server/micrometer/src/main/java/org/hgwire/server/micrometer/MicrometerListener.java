// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.server.CommandReport;
import org.hgwire.server.Outcome;
import org.hgwire.server.RequestReport;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;

/**
 * Records requests and commands in a {@link MeterRegistry}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code hgwire.server.requests}</td><td>timer</td><td>status, outcome</td></tr>
 * <tr><td>{@code hgwire.server.requests.active}</td><td>gauge</td><td></td></tr>
 * <tr><td>{@code hgwire.server.bytes.received}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code hgwire.server.bytes.sent}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code hgwire.server.commands}</td><td>timer</td><td>command, outcome</td></tr>
 * <tr><td>{@code hgwire.server.command.objects}</td><td>counter</td><td>command</td></tr>
 * <tr><td>{@code hgwire.server.command.bytes}</td><td>counter</td><td>command</td></tr>
 * </table>
 *
 * <p>The values of tags are bounded: a command that the server does not have is {@value
 * org.hgwire.server.CommandReport#UNKNOWN}, whatever a client called it, and neither users nor
 * repositories are tags. Objects that come from a cache are not counted. Safe for use by several
 * threads.
 */
public final class MicrometerListener implements ServerListener {
  private final MeterRegistry registry;
  private final AtomicInteger active;
  private final Counter received;
  private final Counter sent;

  /** Makes a listener that records in {@code registry}. */
  public MicrometerListener(MeterRegistry registry) {
    this.registry = registry;
    active = new AtomicInteger();
    registry.gauge("hgwire.server.requests.active", active);
    received = bytes("hgwire.server.bytes.received");
    sent = bytes("hgwire.server.bytes.sent");
  }

  private Counter bytes(String name) {
    return Counter.builder(name).baseUnit("bytes").register(registry);
  }

  @Override
  public void requestBegun(ServedRequest request) {
    active.incrementAndGet();
  }

  @Override
  public void bytesReceived(ServedRequest request, long count) {
    received.increment((double) count);
  }

  @Override
  public void bytesSent(ServedRequest request, long count) {
    sent.increment((double) count);
  }

  @Override
  public void commandEnded(ServedRequest request, CommandReport report) {
    Tags command = Tags.of("command", report.name());
    registry
        .timer("hgwire.server.commands", command.and("outcome", name(report.outcome())))
        .record(report.duration());
    report
        .objects()
        .ifPresent(
            count ->
                registry
                    .counter("hgwire.server.command.objects", command)
                    .increment((double) count));
    Counter.builder("hgwire.server.command.bytes")
        .baseUnit("bytes")
        .tags(command)
        .register(registry)
        .increment((double) report.bytes());
  }

  @Override
  public void requestEnded(ServedRequest request, RequestReport report) {
    active.decrementAndGet();
    registry
        .timer(
            "hgwire.server.requests",
            Tags.of("status", Integer.toString(report.status()), "outcome", name(report.outcome())))
        .record(report.duration());
  }

  private static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
