// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.testing.DamageArbitraries;
import org.junit.jupiter.api.Test;

/** Each target, run on its seeds and on damaged ones. */
class TargetsTest {
  /** One input of one target. */
  record Input(String target, ByteString bytes) {
    private void run() throws ReflectiveOperationException {
      Method method =
          Class.forName(TargetsTest.class.getPackageName() + "." + target)
              .getMethod("fuzzerTestOneInput", byte[].class);
      try {
        method.invoke(null, (Object) bytes.toByteArray());
      } catch (InvocationTargetException e) {
        throw new AssertionError(target + ": a finding", e.getCause());
      }
    }
  }

  @Provide
  Arbitrary<Input> inputs() {
    return Arbitraries.of(List.copyOf(SeedCorpora.generators().entrySet()))
        .flatMap(
            entry ->
                Arbitraries.oneOf(entry.getValue(), DamageArbitraries.damaged(entry.getValue()))
                    .map(bytes -> new Input(entry.getKey(), bytes)));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void noInputIsAFinding(@ForAll("inputs") Input input) throws Exception {
    input.run();
  }

  @Test
  void eachTargetHasSeedsAndADictionary() throws IOException {
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/org/hgwire/fuzz"))) {
      List<String> targets =
          sources
              .map(path -> path.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Fuzzer"))
              .toList();
      assertThat(targets).hasSize(13);
      assertThat(SeedCorpora.generators().keySet()).hasSameElementsAs(targets);
      assertThat(targets)
          .allSatisfy(name -> assertThat(Path.of("dictionaries", name + ".dict")).exists());
    }
  }

  @Test
  void slowCallsAreFindings() {
    assertThatThrownBy(
            () ->
                TimedCall.of(
                    () -> {
                      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                      long end = threads.getCurrentThreadCpuTime() + 1_100_000_000L;
                      while (threads.getCurrentThreadCpuTime() < end) {
                        Thread.onSpinWait();
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("of CPU time");
  }

  @Test
  void resultsThatDependOnThePiecesAreFindings() {
    assertThatThrownBy(() -> Pieces.requireEqual("a", "b")).isInstanceOf(AssertionError.class);
  }
}
