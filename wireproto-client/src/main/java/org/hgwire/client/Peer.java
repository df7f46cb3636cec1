// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.version1.GetbundleRequest;
import org.hgwire.core.version1.Version1Capabilities;
import org.hgwire.core.version1.Version1Request;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.fetch.ContentDownload;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a server that speaks the wire protocol over HTTP, version 2 or version 1.
 *
 * <p>Every command is one HTTP exchange, and the calling thread does its I/O. A method that returns
 * a result waits for it; a method that returns a stream waits for the head of the HTTP response. A
 * command that fails throws a {@link PeerException}. For futures, and for several commands in one
 * exchange, see {@link #batch}. Safe for use by several threads.
 */
public final class Peer implements AutoCloseable {
  /** What makes a bundle of a changegroup of version 01. */
  private static final byte[] PLAIN_HEADER = "HG10UN".getBytes(StandardCharsets.US_ASCII);

  private static final String INLINE_BUNDLE = "get_cached_bundle_inline";

  private final Session session;

  private Peer(Session session) {
    this.session = session;
  }

  /**
   * Connects: asks the server what it speaks and what it can do.
   *
   * @param url the address of the repository, http or https; user info becomes {@link Credentials}
   * @throws IllegalArgumentException if {@code url} is not such an address
   * @throws HandshakeException if no repository is there, or none that speaks the version that was
   *     set
   * @throws PeerException if there is no valid response
   */
  public static Peer connect(URI url, PeerOptions options) throws PeerException {
    return new Peer(Session.open(url, options));
  }

  /**
   * Connects with some options.
   *
   * @param url the address of the repository, http or https
   * @throws IllegalArgumentException if {@code url} is not such an address
   */
  public static Peer connect(String url, PeerOptions options) throws PeerException {
    return connect(RepositoryAddress.parse(url), options);
  }

  /**
   * Connects with the default options.
   *
   * @param url the address of the repository, http or https
   * @throws IllegalArgumentException if {@code url} is not such an address
   */
  public static Peer connect(String url) throws PeerException {
    return connect(url, PeerOptions.defaults());
  }

  /** Returns the address of the repository, without user info. */
  public URI url() {
    return session.handshake().address().url();
  }

  /** Returns what the server can do, as it said in the handshake. */
  public ServerCapabilities capabilities() {
    return session.handshake().capabilities();
  }

  /** Returns the version of the protocol that is spoken with the server. */
  public ProtocolVersion version() {
    return session.handshake().version1() == null
        ? ProtocolVersion.VERSION_2
        : ProtocolVersion.VERSION_1;
  }

  /**
   * Returns what the server can put into the bundles of {@link #getbundle}, as it said in the
   * handshake; null if it makes none of the form HG20, or version 2 is spoken.
   */
  public @Nullable BundleCapabilities bundleCapabilities() {
    Version1Capabilities words = session.handshake().version1();
    return words == null || !words.has(Version1Capabilities.GETBUNDLE) ? null : words.bundles();
  }

  /** Returns how the peer connects. */
  public PeerOptions options() {
    return session.options();
  }

  /** Returns how many bytes of responses were received, from the server and content hosts. */
  public long bytesReceived() {
    return session.connector().bytesReceived();
  }

  /** Returns a new batch, without commands. */
  public Batch batch() {
    return new Batch(this);
  }

  Session session() {
    return session;
  }

  /**
   * Runs any command. One that the server declares with the permission {@code push} is sent as a
   * write and never retried.
   *
   * @param request the request; an offer of redirects in it is sent in place of what {@link
   *     PeerOptions#redirects} offers
   */
  public CommandResponse call(CommandRequest request) throws PeerException {
    return start(batch -> batch.call(request));
  }

  /** Runs a command without arguments. */
  public CommandResponse call(String command) throws PeerException {
    return call(command, CborMap.empty());
  }

  /** Runs any command; the keys of its arguments are their names, as byte strings. */
  public CommandResponse call(String command, CborMap arguments) throws PeerException {
    return call(CommandRequest.of(command, arguments));
  }

  /**
   * Runs {@code capabilities}: what the server can do at this moment. {@link #capabilities()} is
   * what it said in the handshake.
   */
  public ServerCapabilities capabilities(CapabilitiesRequest request) throws PeerException {
    return result(batch -> batch.capabilities(request));
  }

  /** Runs {@code heads} for the heads of everything that the server shows. */
  public List<Node> heads() throws PeerException {
    return heads(HeadsRequest.ofAll());
  }

  /** Runs {@code heads}; see {@link HeadsRequest#ofPublic()}. */
  public List<Node> heads(HeadsRequest request) throws PeerException {
    return result(batch -> batch.heads(request));
  }

  /** Runs {@code known}: for each node whether the server knows it. */
  public List<Boolean> known(List<Node> nodes) throws PeerException {
    return known(new KnownRequest(nodes));
  }

  /** Runs {@code known}: for each node whether the server knows it. */
  public List<Boolean> known(KnownRequest request) throws PeerException {
    return result(batch -> batch.known(request));
  }

  /** Runs {@code branchmap}: the heads of each named branch. */
  public Map<ByteString, List<Node>> branchmap() throws PeerException {
    return branchmap(new BranchmapRequest());
  }

  /** Runs {@code branchmap}: the heads of each named branch. */
  public Map<ByteString, List<Node>> branchmap(BranchmapRequest request) throws PeerException {
    return result(batch -> batch.branchmap(request));
  }

  /** Runs {@code listkeys}: the keys and values of a pushkey namespace. */
  public Map<ByteString, ByteString> listkeys(String namespace) throws PeerException {
    return listkeys(ListkeysRequest.of(namespace));
  }

  /** Runs {@code listkeys}: the keys and values of a pushkey namespace. */
  public Map<ByteString, ByteString> listkeys(ListkeysRequest request) throws PeerException {
    return result(batch -> batch.listkeys(request));
  }

  /**
   * Runs {@code lookup}: the node that a name or a prefix of a node stands for.
   *
   * @throws CommandFailedException if it stands for none
   */
  public Node lookup(String key) throws PeerException {
    return lookup(LookupRequest.of(key));
  }

  /**
   * Runs {@code lookup}: the node that a name or a prefix of a node stands for.
   *
   * @throws CommandFailedException if it stands for none
   */
  public Node lookup(LookupRequest request) throws PeerException {
    return result(batch -> batch.lookup(request));
  }

  /**
   * Runs {@code pushkey}; never retried.
   *
   * @param namespace the namespace, such as {@code bookmarks} or {@code phases}
   * @param key the key
   * @param oldValue what the caller believes the value is; empty for none
   * @param newValue the new value; empty for none
   * @return whether the server made the change
   */
  public boolean pushkey(String namespace, String key, String oldValue, String newValue)
      throws PeerException {
    return pushkey(PushkeyRequest.of(namespace, key, oldValue, newValue));
  }

  /** Runs {@code pushkey}; never retried. Returns whether the server made the change. */
  public boolean pushkey(PushkeyRequest request) throws PeerException {
    return result(batch -> batch.pushkey(request));
  }

  /**
   * Runs {@code clonebundles}, an extension (docs/protocol-extensions.md): the manifest of clone
   * bundles, of which no more is read than {@link CloneBundleManifest#MAX_BYTES}.
   */
  public CloneBundleManifest clonebundles() throws PeerException {
    return clonebundles(new ClonebundlesRequest());
  }

  /** Runs {@code clonebundles}; see {@link #clonebundles()}. */
  public CloneBundleManifest clonebundles(ClonebundlesRequest request) throws PeerException {
    return result(batch -> batch.clonebundles(request));
  }

  /** Runs {@code changesetdata}. */
  public RevisionStream<DataHeader, ChangesetRecord> changesetdata(ChangesetdataRequest request)
      throws PeerException {
    return start(batch -> batch.changesetdata(request));
  }

  /** Runs {@code manifestdata}. */
  public RevisionStream<DataHeader, RevisionRecord> manifestdata(ManifestdataRequest request)
      throws PeerException {
    return start(batch -> batch.manifestdata(request));
  }

  /** Runs {@code filedata}. */
  public RevisionStream<DataHeader, RevisionRecord> filedata(FiledataRequest request)
      throws PeerException {
    return start(batch -> batch.filedata(request));
  }

  /** Runs {@code filesdata}. */
  public RevisionStream<FilesdataHeader, PathRevision> filesdata(FilesdataRequest request)
      throws PeerException {
    return start(batch -> batch.filesdata(request));
  }

  /** Runs {@code rawstorefiledata}. */
  public RawStoreStream rawstorefiledata(RawstorefiledataRequest request) throws PeerException {
    return start(batch -> batch.rawstorefiledata(request));
  }

  /**
   * Runs {@code getbundle}, which only version 1 has: a bundle of changesets, as a stream, which
   * the caller closes. Its reads throw a {@link PeerException} if it cannot be read to its end.
   *
   * @throws UnavailableCommandException if version 2 is spoken, or the server lacks the command
   */
  public InputStream getbundle(GetbundleRequest request) throws PeerException {
    Version1Connection version1 = session.version1();
    if (version1 == null || !version1.capabilities().has(Version1Capabilities.GETBUNDLE)) {
      throw new UnavailableCommandException(
          Version1Capabilities.GETBUNDLE,
          version1 == null
              ? "Version 2 of the wire protocol, which is spoken with "
                  + url()
                  + ", does not have the command getbundle."
              : "The server at " + url() + " does not have the command getbundle.");
    }
    Version1Stream stream = version1.open(request.toRequest(version1.capabilities()));
    return GetbundleRequest.isBundle2(version1.capabilities())
        ? stream
        : new SequenceInputStream(new ByteArrayInputStream(PLAIN_HEADER), stream);
  }

  /**
   * Returns whether {@link #inlineBundle} can be requested: whether version 1 is spoken, and the
   * server has inline clone bundles.
   */
  public boolean hasInlineBundles() {
    Version1Capabilities words = session.handshake().version1();
    return words != null && words.has(Version1Capabilities.CLONEBUNDLES_MANIFEST);
  }

  /**
   * Runs {@code get_cached_bundle_inline}: a clone bundle that the server sends itself, as a
   * stream, which the caller closes. Its reads throw a {@link PeerException} if it does not have
   * the length that the server says, or more bytes than {@link
   * org.hgwire.redirects.RedirectPolicy#maxBytes()}.
   *
   * @param path what follows {@code peer-bundle-cache://} in the manifest
   * @throws UnavailableCommandException if the server has no inline bundles
   */
  public InputStream inlineBundle(String path) throws PeerException {
    Version1Connection version1 = session.version1();
    if (version1 == null || !hasInlineBundles()) {
      throw new UnavailableCommandException(
          INLINE_BUNDLE, "The server at " + url() + " does not send inline clone bundles.");
    }
    Version1Stream stream =
        version1.open(Version1Request.of(INLINE_BUNDLE).with("path", ByteString.utf8(path)));
    return InlineBundleStream.open(stream, options().redirects().maxBytes());
  }

  private <T> T start(Function<Batch, T> command) throws PeerException {
    Batch batch = batch();
    T response = command.apply(batch);
    batch.send();
    return response;
  }

  private <T> T result(Function<Batch, CommandResult<T>> command) throws PeerException {
    return start(command).await();
  }

  /**
   * Starts the download of content that is elsewhere, such as a clone bundle, under the same rules
   * as that of redirected responses. The caller closes it. Its reads throw {@link
   * RedirectException}, not {@link PeerException}: the server has no part in it.
   *
   * @param url where the content is
   * @param expectation what the content must be
   * @throws RedirectException if the URL may not be fetched
   */
  public ContentDownload download(String url, ContentExpectation expectation)
      throws RedirectException {
    return session.redirects().download(url, expectation);
  }

  /** Closes the connections. Exchanges that are still running fail. */
  @Override
  public void close() {
    session.close();
  }
}
