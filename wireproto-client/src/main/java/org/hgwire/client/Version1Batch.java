// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.version1.BatchTexts;
import org.hgwire.core.version1.RefusedLookupException;
import org.hgwire.core.version1.ResponseTexts;
import org.hgwire.core.version1.Version1Capabilities;
import org.hgwire.core.version1.Version1Request;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a {@link Batch}, run over version 1: in one request, if there are several that
 * read and the server has {@code batch}; else one after the other.
 */
final class Version1Batch {
  private final Version1Connection connection;
  private final HandshakeResult handshake;
  private final WireLimits limits;
  private final List<CommandRequest> requests;
  private final @Nullable KnownOutcome[] outcomes;

  Version1Batch(
      Version1Connection connection,
      HandshakeResult handshake,
      WireLimits limits,
      List<CommandRequest> requests) {
    this.connection = connection;
    this.handshake = handshake;
    this.limits = limits;
    this.requests = requests;
    this.outcomes = new KnownOutcome[requests.size()];
  }

  /**
   * Runs the commands and returns their outcomes, in order.
   *
   * @throws PeerException if the server fails; a command that fails has that as its outcome
   */
  List<KnownOutcome> run() throws PeerException {
    List<Integer> joined = new ArrayList<>();
    List<Version1Request> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      CommandRequest request = requests.get(i);
      Version1Request text = Version1Request.of(request, connection.capabilities());
      if (text == null || handshake.capabilities().commands().get(request.name()) == null) {
        outcomes[i] = KnownOutcome.failed(unavailable(request, text != null), limits);
      } else if (handshake.writes(request) || !isBatchable(text)) {
        runOne(i, text, !handshake.writes(request));
      } else {
        joined.add(i);
        texts.add(text);
      }
    }
    if (texts.size() > 1 && connection.capabilities().has(Version1Capabilities.BATCH)) {
      runJoined(joined, texts);
    } else {
      for (int i = 0; i < texts.size(); i++) {
        runOne(joined.get(i), texts.get(i), true);
      }
    }
    List<KnownOutcome> all = new ArrayList<>();
    for (KnownOutcome outcome : outcomes) {
      if (outcome == null) {
        throw new IllegalStateException("a command was not run");
      }
      all.add(outcome);
    }
    return all;
  }

  /** Manifests of clone bundles are long, and no server lists them in a batch. */
  private static boolean isBatchable(Version1Request request) {
    return !request.command().startsWith("clonebundles");
  }

  private UnavailableCommandException unavailable(CommandRequest request, boolean exists) {
    return new UnavailableCommandException(
        request.name().toString(),
        exists
            ? "The server at "
                + handshake.address().url()
                + " does not have the command "
                + request.name()
                + "."
            : "Version 1 of the wire protocol, which is spoken with "
                + handshake.address().url()
                + ", does not have the command "
                + request.name()
                + " with these arguments.");
  }

  private void runOne(int index, Version1Request text, boolean repeatable) throws PeerException {
    try {
      outcomes[index] = outcome(index, connection.call(text, repeatable));
    } catch (CommandFailedException e) {
      outcomes[index] = KnownOutcome.failed(e, limits);
    }
  }

  private void runJoined(List<Integer> indexes, List<Version1Request> texts) throws PeerException {
    ByteString response = connection.call(BatchTexts.join(texts), true);
    List<ByteString> responses;
    try {
      responses = BatchTexts.split(response, texts.size());
    } catch (WireProtocolException e) {
      throw malformed(Version1Capabilities.BATCH, e);
    }
    for (int i = 0; i < responses.size(); i++) {
      outcomes[indexes.get(i)] = outcome(indexes.get(i), responses.get(i));
    }
  }

  private KnownOutcome outcome(int index, ByteString text) {
    String command = requests.get(index).name().utf8();
    try {
      CborValue value = ResponseTexts.read(command, text);
      return KnownOutcome.of(value, limits);
    } catch (RefusedLookupException e) {
      return KnownOutcome.failed(
          new CommandFailedException(command, String.valueOf(e.getMessage()), null), limits);
    } catch (WireProtocolException e) {
      return KnownOutcome.failed(malformed(command, e), limits);
    }
  }

  private static PeerProtocolException malformed(String command, WireProtocolException e) {
    return Version1Connection.fault(
        "The response to " + command + " is not what the command promises: " + e.getMessage(), e);
  }
}
