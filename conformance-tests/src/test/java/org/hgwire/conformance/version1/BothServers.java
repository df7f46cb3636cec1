// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;

/** One repository on disk behind our server and behind that of a real hg. */
final class BothServers implements AutoCloseable {
  private static final String ALL =
      "{node} {p1node} {p2node} {author|json} {date|hgdate} {branch|json} {extras|json} {phase}"
          + " {bookmarks|json} {desc|json} {manifest % '{node}'} {files('glob:**')|json}\n";

  private final Hg hg;
  private final Path temporary;
  private final StoreRepository repository;
  private final HgWireServer ours;
  private final HgServe theirs;
  private int number;

  /**
   * Serves {@code source}.
   *
   * @param hg the client
   * @param serving the hg that serves; options of its server follow
   */
  BothServers(Hg hg, Path temporary, Path source, Hg serving, String... options)
      throws IOException {
    this.hg = hg;
    this.temporary = temporary;
    repository = StoreRepository.open(source);
    ours =
        HgWireServer.builder(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build())
            .start();
    theirs = HgServe.start(serving, source, List.of(options));
  }

  URI ours() {
    return URI.create("http://127.0.0.1:" + ours.port() + "/");
  }

  URI theirs() {
    return theirs.url();
  }

  /** Clones from both servers with {@code options}: the clones are the same. Returns ours. */
  Path cloned(String... options) {
    number++;
    Path one = clone(ours(), "ours", options);
    Path two = clone(theirs(), "theirs", options);
    assertSame(one, two);
    return one;
  }

  private Path clone(URI url, String name, String... options) {
    Path clone = temporary.resolve(name + "-" + number);
    List<String> line = new ArrayList<>(List.of("clone", "-U", url.toString(), clone.toString()));
    line.addAll(List.of(options));
    hg.tryRun(temporary, "", line).orThrow();
    return clone;
  }

  /**
   * Runs hg in copies of {@code clone}, with each server as {@code @}: it says the same, and does
   * the same. Returns the copy that talked to ours.
   */
  Path same(Path clone, String... command) {
    number++;
    Path one = copy(clone, "ours");
    Path two = copy(clone, "theirs");
    assertThat(said(one, ours(), command))
        .as(String.join(" ", command))
        .isEqualTo(said(two, theirs(), command));
    assertSame(one, two);
    return one;
  }

  /** Runs hg with each server as {@code @}: it says the same. Returns that. */
  String sameOutput(Path in, String... command) {
    String said = said(in, ours(), command);
    assertThat(said).as(String.join(" ", command)).isEqualTo(said(in, theirs(), command));
    return said;
  }

  private String said(Path in, URI url, String... command) {
    List<String> line =
        Arrays.stream(command).map(each -> each.replaceFirst("^@", url.toString())).toList();
    Hg.Result result = hg.tryRun(in, "", line);
    return (result.status() + "\n" + result.output() + result.errors())
        .replace(url.toString(), "URL/");
  }

  private Path copy(Path clone, String name) {
    Path copy = temporary.resolve(name + "-" + number);
    Hg.run(new ProcessBuilder("cp", "-a", clone.toString(), copy.toString()), "").orThrow();
    return copy;
  }

  private void assertSame(Path ours, Path theirs) {
    assertThat(state(ours)).isEqualTo(state(theirs));
    hg.run(ours, "verify", "-q");
  }

  /** Returns every changeset with all its files, its phase and its bookmarks. */
  List<String> state(Path clone) {
    return hg.run(clone, "log", "-r", "all()", "-T", ALL).lines().sorted().toList();
  }

  @Override
  public void close() throws IOException {
    theirs.close();
    ours.close();
    repository.close();
  }
}
