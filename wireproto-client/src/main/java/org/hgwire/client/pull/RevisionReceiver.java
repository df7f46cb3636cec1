// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.hgwire.client.FieldData;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.sink.TextSubstitute;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.jspecify.annotations.Nullable;

/** Receives revisions from a stream, verifies them, and passes them to the sink. */
final class RevisionReceiver {
  private static final String NO_BATCH = "no batch has begun";

  private final PullSink sink;
  private final PullOptions options;
  private final PullLimits limits;
  private final TextResolver resolver;
  private final PullCounts counts = new PullCounts();
  private @Nullable BatchManifests batch;
  private @Nullable ManifestCheck manifests;

  RevisionReceiver(PullSink sink, PullOptions options, PullLimits limits) {
    this.sink = sink;
    this.options = options;
    this.limits = limits;
    this.resolver = new TextResolver(sink::open, options, limits);
  }

  /**
   * Begins a batch: from now on manifests of it are received, then file revisions that they name,
   * and no others.
   */
  void begin(BatchManifests next) {
    batch = next;
    manifests = new ManifestCheck(next);
  }

  /** What a record says about a revision besides its text. */
  record Description(
      RevisionKey key,
      @Nullable Parents parents,
      @Nullable Node deltaBase,
      List<FollowingField> following) {
    /**
     * Returns the parents.
     *
     * @throws PeerProtocolException if the record says none
     */
    Parents requireParents() throws PeerProtocolException {
      if (parents == null) {
        throw invalid("the parents of the " + key + " are missing");
      }
      return parents;
    }
  }

  /**
   * Receives the revision whose record {@code stream} is at. One that the sink has is skipped, and
   * so is a file revision without its parents, or the base of its delta where these may never come,
   * which {@link FilesCheck} asks for together.
   *
   * @throws PeerProtocolException if parents or text are missing, a delta is malformed, or no
   *     manifest of the batch names the file revision
   * @throws VerificationException if its hash is wrong, or it has a substitute and the pull is
   *     strict
   */
  void receive(RevisionStream<?, ?> stream, Description description) throws IOException {
    RevisionKey key = description.key();
    if (sink.has(key)) {
      return;
    }
    Parents parents = description.requireParents();
    boolean isFile = key.kind() == RevisionKind.FILE;
    Node linknode = isFile ? introducing(key) : null;
    boolean isOrphan = isFile && lacksParent(key, parents);
    if (options.part().hasAllGenerations() ? isOrphan : lacksBase(description)) {
      return;
    }
    deliver(key, parents, linknode, resolve(stream, description));
    if (isOrphan) {
      counts.lacksParent(key);
    }
  }

  /**
   * Returns the verified text of the revision whose record {@code stream} is at.
   *
   * @throws PeerProtocolException if parents or text are missing or a delta is malformed
   * @throws VerificationException if its hash is wrong
   */
  ResolvedText resolve(RevisionStream<?, ?> stream, Description description) throws IOException {
    Parents parents = description.requireParents();
    ResolvedText text = null;
    for (FieldData field = stream.nextField(); field != null; field = stream.nextField()) {
      if (text == null) {
        text = text(description, parents, field);
      }
    }
    if (text == null) {
      throw invalid("the text of the " + description.key() + " is missing");
    }
    return text;
  }

  private boolean lacksParent(RevisionKey file, Parents parents) throws IOException {
    for (Node parent : parents.present()) {
      if (!sink.has(RevisionKey.file(file.path(), parent))) {
        return true;
      }
    }
    return false;
  }

  private boolean lacksBase(Description description) throws IOException {
    RevisionKey key = description.key();
    Node base = description.deltaBase();
    return key.kind() == RevisionKind.FILE
        && base != null
        && !base.isNull()
        && !sink.has(RevisionKey.file(key.path(), base));
  }

  /** Returns the changeset that introduces a file revision, which a manifest has to name. */
  private Node introducing(RevisionKey file) throws PeerProtocolException {
    Node changeset = Objects.requireNonNull(batch, NO_BATCH).introducing(file);
    if (changeset == null) {
      throw invalid("it contains the " + file + ", which no manifest names");
    }
    return changeset;
  }

  /**
   * Receives a changeset or manifest of a bundle, which the sink does not have.
   *
   * @throws BundleException if the hash of the text is not the node, or the base is missing
   */
  void receive(RevisionKey key, BundleRevision revision) throws IOException {
    try {
      deliver(key, revision.header().parents(), null, text(key, revision));
    } catch (RefusedHistoryException e) {
      throw new BundleException(BundleFault.UNSUPPORTED, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Receives a file revision of a bundle, which a manifest names and the sink does not have, unless
   * the bundle has a substitute for it and somebody knows better.
   *
   * @param origin what the server has counts, not what a bundle says is not there
   * @throws BundleException as above, or if there is a substitute and the application is strict
   */
  void receive(RevisionKey key, BundleRevision revision, BundleOrigin origin) throws IOException {
    ResolvedText resolved = text(key, revision);
    boolean isSubstitute = resolved.text() instanceof SubstituteText;
    if (!isSubstitute && revision.header().flags() != 0) {
      resolved.close();
      throw BundleIntake.flagged(revision.header());
    }
    if (isSubstitute && origin.deliver(key)) {
      return;
    }
    try {
      deliver(key, revision.header().parents(), introducing(key), resolved);
    } catch (VerificationException strict) {
      throw new BundleException(
          BundleFault.UNSUPPORTED, String.valueOf(strict.getMessage()), strict);
    }
  }

  private ResolvedText text(RevisionKey key, BundleRevision revision) throws IOException {
    return BundleIntake.text(resolver, key, revision);
  }

  /** Passes a verified text to the sink, and frees it. */
  private void deliver(
      RevisionKey key, Parents parents, @Nullable Node linknode, ResolvedText resolved)
      throws IOException {
    try (resolved) {
      RevisionText text = resolved.text();
      if (key.kind() == RevisionKind.MANIFEST) {
        Objects.requireNonNull(manifests, NO_BATCH).require(key, resolved);
      }
      TextSubstitute substitute =
          text instanceof SubstituteText instead ? instead.substitute() : null;
      if (substitute != null && options.strict()) {
        throw new VerificationException(
            key.node(),
            "The text of the "
                + key
                + " "
                + substitute.describe()
                + "; pull without the option strict to record that.",
            null);
      }
      deliver(
          new PulledRevision(
              key,
              parents.first(),
              parents.second(),
              linknode,
              text,
              substitute,
              resolved.delta()));
    }
  }

  /** Passes a revision that was already verified to the sink. */
  void deliver(PulledRevision revision) throws IOException {
    sink.accept(revision);
    counts.count(revision);
    TextSubstitute substitute = revision.substitute();
    if (substitute != null) {
      options.listener().revisionSubstituted(new SubstitutedRevision(revision.key(), substitute));
    }
  }

  private @Nullable ResolvedText text(Description description, Parents parents, FieldData field)
      throws IOException {
    try {
      if (field.name().equals(FollowingField.REVISION)) {
        return resolver.whole(description.key(), parents, SentData.of(field));
      }
      Node base = description.deltaBase();
      if (field.name().equals(FollowingField.DELTA) && base != null) {
        return resolver.patched(description.key(), parents, base, SentData.of(field));
      }
      return null;
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The " + description.key() + " cannot be reconstructed: " + e.getMessage(), e);
    }
  }

  /** Returns the limits of the pull, which are shared by all that takes part in it. */
  PullLimits limits() {
    return limits;
  }

  PullCounts counts() {
    return counts;
  }

  /** Returns the error for a response that is incomplete or malformed. */
  static PeerProtocolException invalid(String why) {
    return new PeerProtocolException(
        "The server's response is not valid: "
            + why
            + "; report this to the server's administrator.",
        WireProtocolException.request(WireErrorCode.BAD_RESPONSE, why));
  }
}
