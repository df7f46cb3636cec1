// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.ScriptedServer;
import org.hgwire.client.VerificationException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.CensoredRevision;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.StoredElsewhere;
import org.hgwire.client.sink.TextSubstitute;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.core.encoding.ContentEncodings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File revisions whose text is not there: censored, or stored elsewhere. */
final class SubstitutesTest {
  private static final ByteString F = ByteString.utf8("f");

  /** As {@code hg censor -t "removed by order"} of Mercurial 5.6.1 writes it. */
  private static final ByteString TOMBSTONE =
      ByteString.utf8("\1\ncensored: removed by order\n\1\n");

  /** As the extension lfs of Mercurial 5.6.1 writes it, for a file that was renamed. */
  private static final ByteString POINTER =
      ByteString.utf8(
          """
          version https://git-lfs.github.com/spec/v1
          oid sha256:eef575a22f587ecc0a6fededeb5fc162cd1828a50ba318b64149577b6e0ed744
          size 3898
          x-hg-copy big
          x-hg-copyrev fb0a63f92c7824231e0fb41de62ca310fa203074
          x-is-binary 0
          """);

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(200).grow(4);
  private final Node censored = fileRevision(1);
  private final Node elsewhere = fileRevision(2);

  private Node fileRevision(int number) {
    return Objects.requireNonNull(repository.files.get(F)).get(number).node();
  }

  private PullSummary pull(PullOptions options, PullSink sink) throws IOException {
    return pull(repository.serve(), options, sink);
  }

  private static PullSummary pull(ScriptedServer server, PullOptions options, PullSink sink)
      throws IOException {
    try (Peer peer =
        server.connect(
            PeerOptions.builder()
                .retries(RetryPolicy.never())
                .encodings(ContentEncodings.named("identity")))) {
      return Pull.run(peer, sink, options);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 0})
  void substitutesAreRecordedCountedAndNamed(int textInMemory) throws IOException {
    repository.substitutes.put(censored, TOMBSTONE);
    repository.substitutes.put(elsewhere, POINTER);
    List<SubstitutedRevision> heard = new ArrayList<>();
    PullListener listener =
        new PullListener() {
          @Override
          public void revisionSubstituted(SubstitutedRevision revision) {
            heard.add(revision);
          }
        };
    try (Substitutes sink = new Substitutes(TemporaryRepositorySink.open(directory))) {
      PullSummary summary =
          pull(PullOptions.DEFAULT.withTextInMemory(textInMemory).withListener(listener), sink);

      assertThat(summary.fileRevisions()).isEqualTo(8);
      assertThat(summary.substitutes().censored()).isEqualTo(1);
      assertThat(summary.substitutes().storedElsewhere()).isEqualTo(1);
      assertThat(summary.substitutes().first())
          .isEqualTo(heard)
          .containsExactly(
              new SubstitutedRevision(
                  RevisionKey.file(F, censored),
                  new CensoredRevision(ByteString.utf8("removed by order"))),
              new SubstitutedRevision(
                  RevisionKey.file(F, elsewhere),
                  new StoredElsewhere(
                      ByteString.fromHex(
                          "eef575a22f587ecc0a6fededeb5fc162cd1828a50ba318b64149577b6e0ed744"),
                      3898)));
      assertThat(sink.got)
          .containsExactlyElementsOf(heard.stream().map(SubstitutedRevision::substitute).toList());
      assertThat(text(sink, censored)).isEqualTo(TOMBSTONE);
      assertThat(text(sink, elsewhere)).isEqualTo(POINTER);
      assertThat(sink.incomplete()).isEmpty();
      assertThat(pull(PullOptions.DEFAULT, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    }
  }

  @Test
  void strictPullNamesTheCensoredRevision() throws IOException {
    repository.substitutes.put(censored, TOMBSTONE);
    try (PullSink sink = RepositorySink.open(directory.resolve("into"))) {
      assertThatThrownBy(() -> pull(PullOptions.DEFAULT.withStrict(true), sink))
          .isInstanceOf(VerificationException.class)
          .hasMessageContainingAll(censored.hex(), "file f", "censored", "removed by order");
    }
  }

  @Test
  void strictPullNamesWhatIsStoredElsewhere() throws IOException {
    repository.substitutes.put(elsewhere, POINTER);
    try (PullSink sink = RepositorySink.open(directory.resolve("into"))) {
      assertThatThrownBy(() -> pull(PullOptions.DEFAULT.withStrict(true), sink))
          .isInstanceOf(VerificationException.class)
          .hasMessageContainingAll(elsewhere.hex(), "stored elsewhere", "3898");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\1\ncensored: removed\n\1\nand content",
        "\1\ncensored: not ended\n",
        "\1\ncopy: f\n\1\n",
        "censored",
        "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n",
        "version https://git-lfs.github.com/spec/v1\n",
      })
  void otherTextsWithAWrongHashAreDamaged(String text) throws IOException {
    repository.substitutes.put(censored, ByteString.utf8(text));
    try (PullSink sink = RepositorySink.open(directory.resolve("into"))) {
      assertThatThrownBy(() -> pull(PullOptions.DEFAULT, sink))
          .isInstanceOf(VerificationException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void longTextLikeAPointerIsDamaged() {
    String lines = "a b\n".repeat(40_000);
    repository.substitutes.put(elsewhere, ByteString.utf8(POINTER.utf8() + lines));
    assertThatThrownBy(() -> pull(PullOptions.DEFAULT, TemporaryRepositorySink.open(directory)))
        .isInstanceOf(VerificationException.class);
    assertThat(TextSubstitute.read(ByteString.utf8(POINTER.utf8() + lines))).isNotNull();
  }

  @Test
  void manifestsAndChangesetsHaveNoSubstitutes() {
    repository.substitutes.put(repository.manifests.get(1).node(), TOMBSTONE);
    assertThatThrownBy(() -> pull(PullOptions.DEFAULT, TemporaryRepositorySink.open(directory)))
        .isInstanceOf(VerificationException.class);
    repository.substitutes.clear();
    repository.substitutes.put(repository.changesets.get(1).node(), TOMBSTONE);
    assertThatThrownBy(() -> pull(PullOptions.DEFAULT, TemporaryRepositorySink.open(directory)))
        .isInstanceOf(VerificationException.class);
  }

  private byte[] bundle(int flags) {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.substitute(2, 1, TOMBSTONE, flags);
    return bundle
        .version(flags == 0 ? ChangegroupVersion.V02 : ChangegroupVersion.V03)
        .hg20(BundleCompression.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 15})
  void bundleBringsTheTombstone(int flags) throws IOException {
    try (PullSink sink = TemporaryRepositorySink.open(directory)) {
      PullSummary summary =
          BundleApplier.apply(new ByteArrayInputStream(bundle(flags)), sink, PullOptions.DEFAULT);

      assertThat(summary.fileRevisions()).isEqualTo(8);
      assertThat(summary.substitutes().censored()).isEqualTo(1);
      assertThat(text(sink, censored)).isEqualTo(TOMBSTONE);
      assertThat(sink.incomplete()).isEmpty();
    }
  }

  @Test
  void strictApplicationRefusesTheTombstone() throws IOException {
    try (PullSink sink = TemporaryRepositorySink.open(directory)) {
      assertThatThrownBy(
              () ->
                  BundleApplier.apply(
                      new ByteArrayInputStream(bundle(0)),
                      sink,
                      PullOptions.DEFAULT.withStrict(true)))
          .isInstanceOfSatisfying(
              BundleException.class, e -> assertThat(e.fault()).isEqualTo(BundleFault.UNSUPPORTED))
          .hasMessageContaining("censored");
    }
  }

  private static ByteString text(PullSink sink, Node node) throws IOException {
    return Objects.requireNonNull(sink.open(RevisionKey.file(F, node))).readAll();
  }

  /** A sink that notes the substitutes that it got. */
  private static final class Substitutes extends ForwardingPullSink {
    private final List<TextSubstitute> got = new ArrayList<>();

    Substitutes(PullSink sink) {
      super(sink);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      if (revision.substitute() != null) {
        got.add(revision.substitute());
      }
    }
  }
}
