// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hgwire.conformance.differential.FrameOutcome.Kind;
import org.hgwire.conformance.differential.FrameOutcome.Result;
import org.jspecify.annotations.Nullable;

/**
 * How our response to one request differs from that of hg 5.6.1, where both respond with frames.
 * Every request with another outcome has to be explained; the first one counts.
 */
enum RequestDifference implements Explanation<FrameComparison> {
  LEFTOVERS(
      ".*",
      "",
      "What hg had ready of a response that then failed comes at the end of the next response."),
  DATA(
      ".*",
      "accepts no data",
      "hg drops data for a command that has no use for it; here that is an error."),
  NO_MAP(
      ".*",
      "is not valid CBOR",
      "hg takes the first value of a request, whatever follows, and the last of several entries"
          + " with one key; here both are malformed."),
  UNKNOWN_FIELD(
      "(changeset|manifest|file|files)data",
      "argument fields: it holds a value that is not one of the valid values",
      "hg ignores fields that are not known."),
  UNKNOWN_NODE(
      "changesetdata",
      "the changeset [0-9a-f]{40} is unknown",
      "hg returns explicit nodes without looking them up where no field is asked for."),
  NULL_NODE(
      "(changeset|files)data",
      "the changeset 0{40} is unknown",
      "hg takes the null node for a changeset, without files."),
  UNKNOWN_FILE(
      "filedata", false, "nknown file", "hg looks a file up even if no node is asked for."),
  OTHER_TREE(
      "manifestdata",
      false,
      "",
      "hg fails for a tree other than the root, even if no node is asked for.");

  /** The status of a response that succeeds. */
  private static final String STATUS = "{h'737461747573':h'6f6b'}";

  private final Pattern command;
  private final boolean failsHere;
  private final Pattern error;
  private final String reason;

  RequestDifference(String command, String error, String reason) {
    this(command, true, error, reason);
  }

  RequestDifference(String command, boolean failsHere, String error, String reason) {
    this.command = Pattern.compile(command);
    this.failsHere = failsHere;
    this.error = Pattern.compile(error);
    this.reason = reason;
  }

  @Override
  public String id() {
    return "requests/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String reason() {
    return reason;
  }

  @Override
  public boolean explains(FrameComparison comparison) {
    List<RequestDifference> found = all(comparison);
    return !found.isEmpty() && found.get(0) == this;
  }

  /** Returns an explanation for each request that has another outcome, or none for any. */
  private static List<RequestDifference> all(FrameComparison comparison) {
    FrameOutcome theirs = comparison.theirs();
    FrameOutcome ours = comparison.ours();
    if (theirs.kind() != Kind.FRAMES
        || ours.kind() != Kind.FRAMES
        || !theirs.responses().keySet().equals(ours.responses().keySet())) {
      return List.of();
    }
    Map<Integer, String> commands = new HashMap<>();
    for (SentMessage message : SentMessage.of(comparison.input().body())) {
      commands.merge(message.requestId(), message.command(), (first, next) -> next);
    }
    boolean anyFailed = theirs.responses().values().stream().anyMatch(Result::isError);
    List<RequestDifference> found = new ArrayList<>();
    for (int id : ours.responses().keySet()) {
      if (!ours.of(id).isLike(theirs.of(id))) {
        RequestDifference difference =
            of(commands.getOrDefault(id, ""), theirs.of(id), ours.of(id), anyFailed);
        if (difference == null) {
          return List.of();
        }
        found.add(difference);
      }
    }
    return found;
  }

  private static @Nullable RequestDifference of(
      String command, Result theirs, Result ours, boolean anyFailed) {
    if (anyFailed && hasLeftovers(theirs, ours)) {
      return LEFTOVERS;
    }
    for (RequestDifference each : values()) {
      if (each != LEFTOVERS
          && each.command.matcher(command).matches()
          && each.failsHere == ours.isError()
          && each.failsHere != theirs.isError()
          && each.error.matcher(each.failsHere ? ours.words() : theirs.words()).find()) {
        return each;
      }
    }
    return null;
  }

  /** Returns whether hg sends what we send, and then the beginning of another response. */
  private static boolean hasLeftovers(Result theirs, Result ours) {
    return !theirs.isError()
        && !ours.isError()
        && theirs.isComplete()
        && theirs.objects().containsAll(ours.objects())
        && theirs.objects().contains(STATUS);
  }
}
