// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;

/** What an hg says when it clones, pulls and asks about the repositories of a server. */
final class PullSession {
  private static final String STATE =
      "{node} {p1node} {p2node} {author|json} {date|hgdate} {branch|json} {extras|json} {phase}"
          + " {bookmarks|json} {desc|json} {manifest % '{node}'}\n";

  private final HgCommandServer hg;
  private final String url;
  private final Path directory;
  private final List<String> said = new ArrayList<>();

  private PullSession(HgCommandServer hg, URI url, Path directory) {
    this.hg = hg;
    this.url = url.toString();
    this.directory = directory;
  }

  /**
   * Runs everything in {@code directory} with {@code rich}, {@code grown}, {@code published} and
   * {@code empty} below {@code url}. Returns the commands, each with its status and its output.
   */
  static List<String> run(Hg hg, URI url, Path directory) {
    try (HgCommandServer commands = HgCommandServer.start(hg)) {
      PullSession session = new PullSession(commands, url, directory);
      session.cloneAndPull();
      session.pullInSteps();
      session.identify();
      session.cloneEmpty();
      return session.said;
    }
  }

  private void cloneAndPull() {
    Path all = cloned("rich");
    say(all, "incoming", "@rich");
    say(all, "incoming", "-B", "@rich");
    say(all, "pull", "@rich");
    say(all, "update", "-q", "draft");
    say(all, "commit", "-u", "me", "-d", "0 0", "-m", "own", "--config=ui.allowemptycommit=1");
    say(all, "outgoing", "@rich");
    say(all, "outgoing", "-B", "@rich");
    say(all, "incoming", "@grown");
    say(all, "incoming", "-B", "@grown");
    say(all, "pull", "@grown");
    check(all);
    say(all, "verify", "-q");
    Path published = cloned("published");
    say(published, "log", "-r", "not public()");
  }

  private void pullInSteps() {
    Path part = cloned("rich", "-r", "8");
    say(part, "incoming", "-p", "@rich");
    say(part, "incoming", "-r", "stable", "@rich");
    say(part, "incoming", "-B", "@rich");
    say(part, "pull", "-r", "v1.0", "@rich");
    say(part, "pull", "-r", "6eff2a5a051e", "@rich");
    say(part, "pull", "-r", "24", "@rich");
    say(part, "pull", "-r", "nothing", "@rich");
    check(part);
    say(part, "pull", "-B", "draft", "@rich");
    say(part, "pull", "-B", "nothing", "@rich");
    say(part, "pull", "-b", "stable", "@rich");
    check(part);
    say(part, "pull", "@rich");
    check(part);
    say(part, "verify", "-q");
    cloned("rich", "-r", "stable");
  }

  private void identify() {
    for (String name :
        List.of("tip", "v1.0", "draft", "mark on stable", "stable", "3", "-2", "null", "nothing")) {
      say(directory, "identify", "-r", name, "@rich");
    }
    say(directory, "identify", "-i", "-b", "-t", "-B", "@rich");
    say(directory, "identify", "-n", "@rich");
  }

  private void cloneEmpty() {
    Path empty = cloned("empty");
    say(empty, "incoming", "@empty");
    say(empty, "pull", "@empty");
    say(empty, "identify", "@empty");
    say(empty, "pull", "@rich");
    check(empty);
  }

  private Path cloned(String name, String... options) {
    Path clone = directory.resolve(name + "-" + said.size());
    List<String> line = new ArrayList<>(List.of("clone", "-U", "@" + name, "" + clone));
    line.addAll(List.of(options));
    say(directory, line.toArray(String[]::new));
    check(clone);
    return clone;
  }

  private void check(Path clone) {
    say(clone, "log", "-r", "sort(all(), node)", "-T", STATE);
  }

  /** Runs hg, with {@code @} for the URL of the server. */
  private void say(Path in, String... command) {
    String[] line =
        Arrays.stream(command).map(each -> each.replaceFirst("^@", url)).toArray(String[]::new);
    Hg.Result result = hg.tryRun(in, line);
    String text =
        String.join(" ", line) + "\n" + result.status() + "\n" + result.output() + result.errors();
    // hg tells of what may not be served that it is there, which our server does not.
    said.add(
        text.replace(url, "URL/")
            .replace(directory.toString(), "DIRECTORY")
            .replaceAll(
                "filtered revision ('.*?') \\(not in 'served' subset\\)", "unknown revision $1"));
  }
}
