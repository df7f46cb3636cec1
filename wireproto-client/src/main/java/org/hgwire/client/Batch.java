// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.PushkeyResponse;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;

/**
 * Several commands in one HTTP request, a multirequest. Commands are added, then all are sent, then
 * their responses are read: in any order, see {@link CommandResponse}.
 *
 * <p>A batch has at most {@link org.hgwire.core.WireLimit#MAX_ACTIVE_REQUESTS} commands: a server
 * stops reading at as many unfinished ones, and a batch is sent whole before its responses are
 * read.
 *
 * <p>Adding and sending are for one thread. A batch with a command that writes is never retried.
 */
public final class Batch {
  private final Peer peer;
  private final List<CommandRequest> requests = new ArrayList<>();
  private final List<CommandResponse> responses = new ArrayList<>();
  private boolean sent;

  Batch(Peer peer) {
    this.peer = peer;
  }

  /**
   * Adds any command; the response can be read once the batch is sent.
   *
   * @throws IllegalStateException if the batch is full or was already sent
   */
  public CommandResponse call(CommandRequest request) {
    if (sent) {
      throw new IllegalStateException("the batch was already sent");
    }
    int max = peer.options().limits().intOf(WireLimit.MAX_ACTIVE_REQUESTS);
    if (requests.size() >= max) {
      throw new IllegalStateException(
          "a batch holds at most " + max + " commands; send this one and start another");
    }
    CommandResponse response = new CommandResponse(request.name().toString());
    requests.add(request);
    responses.add(response);
    return response;
  }

  /** Adds a command without arguments. */
  public CommandResponse call(String command) {
    return call(command, CborMap.empty());
  }

  /** Adds any command; the keys of its arguments are their names, as byte strings. */
  public CommandResponse call(String command, CborMap arguments) {
    return call(CommandRequest.of(command, arguments));
  }

  /** Adds {@code capabilities}: what the server can do, at this moment. */
  public CommandResult<ServerCapabilities> capabilities(CapabilitiesRequest request) {
    return result(request, ServerCapabilities::read);
  }

  /** Adds {@code heads} for the heads of everything that the server shows. */
  public CommandResult<List<Node>> heads() {
    return heads(HeadsRequest.ofAll());
  }

  /** Adds {@code heads}. */
  public CommandResult<List<Node>> heads(HeadsRequest request) {
    return result(request, value -> HeadsResponse.read(value).nodes());
  }

  /** Adds {@code known}: for each node whether the server knows it. */
  public CommandResult<List<Boolean>> known(List<Node> nodes) {
    return known(new KnownRequest(nodes));
  }

  /** Adds {@code known}: for each node whether the server knows it. */
  public CommandResult<List<Boolean>> known(KnownRequest request) {
    return result(request, value -> known(KnownResponse.read(value), request.nodes().size()));
  }

  private static List<Boolean> known(KnownResponse response, int nodes) {
    if (response.size() != nodes) {
      throw WireProtocolException.request(
          WireErrorCode.BAD_RESPONSE,
          "it covers " + response.size() + " nodes, " + nodes + " were asked for");
    }
    List<Boolean> known = new ArrayList<>(nodes);
    for (int i = 0; i < nodes; i++) {
      known.add(response.known(i));
    }
    return known;
  }

  /** Adds {@code branchmap}: the heads of each named branch. */
  public CommandResult<Map<ByteString, List<Node>>> branchmap() {
    return branchmap(new BranchmapRequest());
  }

  /** Adds {@code branchmap}: the heads of each named branch. */
  public CommandResult<Map<ByteString, List<Node>>> branchmap(BranchmapRequest request) {
    return result(request, value -> BranchmapResponse.read(value).branches());
  }

  /** Adds {@code listkeys}: the keys and values of a pushkey namespace. */
  public CommandResult<Map<ByteString, ByteString>> listkeys(String namespace) {
    return listkeys(ListkeysRequest.of(namespace));
  }

  /** Adds {@code listkeys}: the keys and values of a pushkey namespace. */
  public CommandResult<Map<ByteString, ByteString>> listkeys(ListkeysRequest request) {
    return result(request, value -> ListkeysResponse.read(value).values());
  }

  /** Adds {@code lookup}: the node that a name or a prefix of a node stands for. */
  public CommandResult<Node> lookup(String key) {
    return lookup(LookupRequest.of(key));
  }

  /** Adds {@code lookup}: the node that a name or a prefix of a node stands for. */
  public CommandResult<Node> lookup(LookupRequest request) {
    return result(request, value -> LookupResponse.read(value).node());
  }

  /** Adds {@code pushkey}: whether the server made the change. */
  public CommandResult<Boolean> pushkey(PushkeyRequest request) {
    return result(request, value -> PushkeyResponse.read(value).changed());
  }

  /**
   * Adds {@code clonebundles}, an extension (docs/protocol-extensions.md): the manifest of clone
   * bundles, of which no more is read than {@link CloneBundleManifest#MAX_BYTES}.
   */
  public CommandResult<CloneBundleManifest> clonebundles(ClonebundlesRequest request) {
    return new PendingResult<>(call(request.toRequest()), new ManifestReader());
  }

  /** Adds {@code changesetdata}. */
  public RevisionStream<DataHeader, ChangesetRecord> changesetdata(ChangesetdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.CHANGESETS);
  }

  /** Adds {@code manifestdata}. */
  public RevisionStream<DataHeader, RevisionRecord> manifestdata(ManifestdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.REVISIONS);
  }

  /** Adds {@code filedata}. */
  public RevisionStream<DataHeader, RevisionRecord> filedata(FiledataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.REVISIONS);
  }

  /** Adds {@code filesdata}. */
  public RevisionStream<FilesdataHeader, PathRevision> filesdata(FilesdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), new FilesFormat());
  }

  /** Adds {@code rawstorefiledata}. */
  public RawStoreStream rawstorefiledata(RawstorefiledataRequest request) {
    return new RawStoreStream(call(request.toRequest()));
  }

  private <T> CommandResult<T> result(TypedRequest request, Function<CborValue, T> parser) {
    return new PendingResult<>(call(request.toRequest()), ResultReader.ofValue(parser));
  }

  /**
   * Sends all commands and waits for the head of the HTTP response.
   *
   * @throws PeerException if there is none; every response and result then fails in the same way
   * @throws IllegalStateException if the batch is empty or was already sent
   */
  public void send() throws PeerException {
    if (sent || requests.isEmpty()) {
      throw new IllegalStateException(
          sent ? "the batch was already sent" : "the batch has no commands");
    }
    sent = true;
    Version1Connection version1 = peer.session().version1();
    if (version1 != null) {
      sendOver(version1);
      return;
    }
    Exchange exchange = peer.session().exchange(requests);
    for (int i = 0; i < responses.size(); i++) {
      responses.get(i).attach(new ResponseReader(peer.session(), exchange, i));
    }
    exchange.send();
  }

  private void sendOver(Version1Connection version1) throws PeerException {
    WireLimits limits = peer.options().limits();
    List<KnownOutcome> outcomes;
    try {
      outcomes = new Version1Batch(version1, peer.session().handshake(), limits, requests).run();
    } catch (PeerException e) {
      responses.forEach(response -> response.attach(KnownOutcome.failed(e, limits)));
      throw e;
    }
    for (int i = 0; i < responses.size(); i++) {
      responses.get(i).attach(outcomes.get(i));
    }
  }
}
