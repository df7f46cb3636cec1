// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

/** A row of the table: medians over all rounds. */
public final class BenchRow {
  private final String what;
  private final String unit;
  private final Ratios ours = new Ratios();
  private final Ratios toYardstick = new Ratios();
  private final Ratios toHg = new Ratios();

  /**
   * @param what what was measured
   * @param unit the unit of the figure
   */
  BenchRow(String what, String unit) {
    this.what = what;
    this.unit = unit;
  }

  void ours(double figure) {
    ours.add(figure);
  }

  void toYardstick(double ratio) {
    toYardstick.add(ratio);
  }

  void toHg(double ratio) {
    toHg.add(ratio);
  }

  /** Returns what was measured. */
  public String what() {
    return what;
  }

  /** Returns the unit of {@link #figure}. */
  public String unit() {
    return unit;
  }

  /** Returns the figure of hgwire; not a number if it was not measured. */
  public double figure() {
    return ours.median();
  }

  /** Returns the figure divided by that of the yardstick, which differs from table to table. */
  public double dividedByYardstick() {
    return toYardstick.median();
  }

  /** Returns how many times better hgwire is than hg; for bytes, their quotient. */
  public double againstHg() {
    return toHg.median();
  }
}
