// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

/**
 * What is wrong in a manifest.
 *
 * @param line the number of the line, from 1
 * @param severity how bad it is
 * @param message one sentence: what is wrong and what to do
 */
public record ManifestFinding(int line, Severity severity, String message) {
  /** How bad it is. */
  public enum Severity {
    /** The line is left out. */
    ERROR,
    /** Some clients leave the entry out, or it does not mean what it seems to. */
    WARNING
  }
}
