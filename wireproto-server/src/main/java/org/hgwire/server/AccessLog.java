// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hgwire.core.PeerText;
import org.hgwire.server.command.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An access log: one line per request, when it has ended.
 *
 * <pre>
 * 203.0.113.7 alice "POST /tides/api/exp-http-v2-0003/ro/multirequest" 200 completed
 *     repository=tides commands=heads,changesetdata:redirected in=512 out=20480 ms=35
 * </pre>
 *
 * <p>(on one line). An unknown value is a dash. The repository at the root is {@code /}. A command
 * that did not complete has its {@link Outcome} after a colon; of many commands only the first
 * eight are named. The user is the principal or, unverified, that of the basic credentials. Sizes
 * are bytes of the bodies. Text that the client sent is shortened, and its spaces, quotes and
 * characters other than printable ASCII are escaped.
 *
 * <p>Safe for use by several threads.
 */
public final class AccessLog implements ServerListener {
  /** Bounds the line, not what a peer may send. */
  private static final int MAX_COMMANDS = 8;

  private final Consumer<String> lines;

  private AccessLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Returns an access log that logs to SLF4J, at level INFO, with the name of this class. */
  public static AccessLog slf4j() {
    Logger log = LoggerFactory.getLogger(AccessLog.class);
    return new AccessLog(log::info);
  }

  /**
   * Returns an access log that passes each line, without a line feed, to {@code lines}.
   *
   * @param lines called by several threads at once
   */
  public static AccessLog to(Consumer<String> lines) {
    return new AccessLog(lines);
  }

  @Override
  public void requestEnded(ServedRequest request, RequestReport report) {
    Caller caller = request.caller();
    StringBuilder line = new StringBuilder(200);
    line.append(address(caller.address()))
        .append(' ')
        .append(field(caller.userName()))
        .append(" \"")
        .append(field(request.method()))
        .append(' ')
        .append(field(request.path()))
        .append("\" ")
        .append(report.status() == 0 ? "-" : report.status())
        .append(' ')
        .append(name(report.outcome()))
        .append(" repository=")
        .append(report.repository().map(path -> path.isEmpty() ? "/" : field(path)).orElse("-"))
        .append(" commands=")
        .append(commands(report))
        .append(" in=")
        .append(report.bytesReceived())
        .append(" out=")
        .append(report.bytesSent())
        .append(" ms=")
        .append(report.duration().toMillis());
    lines.accept(line.toString());
  }

  private static String commands(RequestReport report) {
    if (report.commands().isEmpty()) {
      return "-";
    }
    String named =
        report.commands().stream()
            .limit(MAX_COMMANDS)
            .map(
                command ->
                    command.outcome() == Outcome.COMPLETED
                        ? command.name()
                        : command.name() + ":" + name(command.outcome()))
            .collect(Collectors.joining(","));
    long more = report.commandCount() - Math.min(MAX_COMMANDS, report.commands().size());
    return more == 0 ? named : named + ",+" + more;
  }

  private static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static String address(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress socket) {
      InetAddress resolved = socket.getAddress();
      return resolved == null ? field(socket.getHostString()) : resolved.getHostAddress();
    }
    return field(address == null ? null : address.toString());
  }

  private static String field(@Nullable String text) {
    return text == null || text.isEmpty()
        ? "-"
        : PeerText.excerpt(text).replace(" ", "\\x20").replace("\"", "\\x22");
  }
}
