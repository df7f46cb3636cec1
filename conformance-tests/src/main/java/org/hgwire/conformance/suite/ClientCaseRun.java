// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.ClientCase;
import org.hgwire.conformance.cases.ClientExpectation;
import org.hgwire.conformance.cases.ClientRun;
import org.hgwire.conformance.report.ExchangeLines;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.scripted.Alteration;
import org.hgwire.conformance.scripted.ScriptedExchange;
import org.hgwire.conformance.scripted.ScriptedRepository;
import org.hgwire.conformance.scripted.ScriptedServer;
import org.jspecify.annotations.Nullable;

/** One run of one case for clients. */
final class ClientCaseRun {
  private static final int MAX_EXCHANGES = 12;

  private final ClientUnderTest client;
  private final Duration limit;
  private final ClientCase clientCase;

  ClientCaseRun(ClientUnderTest client, Duration limit, ClientCase clientCase) {
    this.client = client;
    this.limit = limit;
    this.clientCase = clientCase;
  }

  /** Runs the case at a path of {@code server} that nobody else uses. */
  ResultCase run(ScriptedServer server, String path) {
    ScriptedRepository repository = new ScriptedRepository(clientCase.alterations());
    long begin = System.nanoTime();
    ClientEnd end = end(server, path, repository);
    ClientRun run =
        new ClientRun(
            end.exit(),
            end.output(),
            repository.exchanges(),
            repository.redirected(),
            repository.inlined());
    String failure = failure(repository, run);
    String missing = repository.failure() == null ? missing(repository) : null;
    boolean breaksRule =
        clientCase.expectations().stream()
            .anyMatch(expectation -> expectation.isRule() && expectation.mismatch(run) != null);
    if (missing != null && !breaksRule && (failure.isEmpty() || Objects.equals(end.exit(), 0))) {
      return CaseResults.notRun(clientCase, Verdict.SKIP, missing);
    }
    return CaseResults.of(
        clientCase,
        failure,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        lines(run, failure));
  }

  /** Returns what is wrong, or an empty string. */
  private String failure(ScriptedRepository repository, ClientRun run) {
    Throwable broken = repository.failure();
    if (broken != null) {
      return "the suite could not respond, which says nothing about the client: " + broken;
    }
    if (repository.requested().isEmpty()) {
      return "the client requested nothing of version 2";
    }
    return clientCase.expectations().stream()
        .map(expectation -> expectation.mismatch(run))
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private ClientEnd end(ScriptedServer server, String path, ScriptedRepository repository) {
    try {
      Path directory = Files.createTempDirectory("conformance-client-");
      try {
        return client.run(server.serve(path, repository), directory, limit);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ClientEnd(null, "the run was interrupted");
    }
  }

  /**
   * Deletes what the client stored, unless it did so itself. It may still be storing, if it did not
   * end in time.
   */
  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(directory)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException | UncheckedIOException changedMeanwhile) {
      return;
    }
    for (Path path : all) {
      path.toFile().delete();
    }
  }

  /**
   * Returns what the client did not request or does not take, so that nothing was tested: the
   * command of the first alteration, what it alters, or an encoding.
   */
  private @Nullable String missing(ScriptedRepository repository) {
    Set<String> refused = repository.refusedEncodings();
    if (!refused.isEmpty()) {
      return "the client does not take the encoding " + String.join(", ", refused);
    }
    if (!repository.unapplied().isEmpty()) {
      return "the client requested nothing to alter: " + String.join("; ", repository.unapplied());
    }
    Set<String> requested = repository.requested();
    if (requested.isEmpty()) {
      return null;
    }
    List<String> altered = clientCase.alterations().stream().map(Alteration::command).toList();
    if (altered.contains(Alteration.CONTENT) && !requested.contains(Alteration.CONTENT)) {
      return "the client did not fetch what it was redirected to";
    }
    return altered.stream()
        .limit(1)
        .filter(command -> !requested.contains(command))
        .map(command -> "the client did not request " + command)
        .findFirst()
        .orElse(null);
  }

  private List<ExchangeLines> lines(ClientRun run, String failure) {
    String expected =
        clientCase.expectations().stream()
            .map(ClientExpectation::text)
            .collect(Collectors.joining("\n"));
    List<ExchangeLines> lines = new ArrayList<>();
    int count = run.exchanges().size();
    for (int number = Math.max(0, count - MAX_EXCHANGES); number < count; number++) {
      ScriptedExchange next = run.exchanges().get(number);
      boolean last = number == count - 1;
      lines.add(
          new ExchangeLines(
              next.sent(), next.received(), last ? expected : "", last ? failure : "", List.of()));
    }
    return lines;
  }
}
