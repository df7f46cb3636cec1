// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the JMH benchmarks and prints the time of each as a multiple of its baselines. The baselines
 * of the method {@code decode} are the methods {@code decodeBy…} of the same class.
 */
final class MicroRatios {
  private MicroRatios() {}

  static void run(String regularExpression) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\.benchmarks\\..*" + regularExpression)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, Double> times = new TreeMap<>();
    results.forEach(
        result -> times.put(name(result.getParams()), result.getPrimaryResult().getScore()));
    System.out.println("\nTimes as multiples of a baseline:");
    times.forEach(
        (baseline, time) -> {
          Double ours = times.get(baseline.replaceFirst("By\\w+", ""));
          if (ours != null && baseline.contains("By")) {
            System.out.printf(Locale.ROOT, "%-64s %6.2f%n", baseline, ours / time);
          }
        });
  }

  private static String name(BenchmarkParams params) {
    StringBuilder name = new StringBuilder(params.getBenchmark());
    name.delete(0, name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(params.getParam(key));
    }
    return name.toString();
  }
}
