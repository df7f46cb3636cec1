// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.Delta;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deltas of one changed line in manifests of 1000 and 20,000 files, compared with copying the text.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class Deltas {
  @Param({"1000", "20000"})
  private int files;

  private ByteString base = ByteString.empty();
  private ByteString text = ByteString.empty();
  private ByteString delta = ByteString.empty();

  /** Creates the texts. */
  @Setup
  public void prepare() {
    base = SampleData.manifest(files, -1);
    text = SampleData.manifest(files, files / 2);
    delta = Delta.between(base, text);
  }

  /** The delta of two texts, to the byte. */
  @Benchmark
  public Object between() {
    return Delta.between(base, text);
  }

  /** The delta of two texts, in whole lines. */
  @Benchmark
  public Object betweenLines() {
    return Delta.betweenLines(base, text);
  }

  /** The text of a delta. */
  @Benchmark
  public Object apply() {
    return Delta.apply(base.asByteBuffer(), delta.asByteBuffer(), Integer.MAX_VALUE);
  }

  /** Only copies the text. */
  @Benchmark
  public Object betweenByCopying() {
    return text.toByteArray();
  }

  /** Only copies the text. */
  @Benchmark
  public Object betweenLinesByCopying() {
    return text.toByteArray();
  }

  /** Only copies the text. */
  @Benchmark
  public Object applyByCopying() {
    return text.toByteArray();
  }
}
