// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

/**
 * A problem of a manifest.
 *
 * @param line the number of the line, from 1
 * @param severity how bad it is
 * @param message one sentence: what is wrong and what to do
 */
public record ManifestFinding(int line, Severity severity, String message) {
  /** How bad it is. */
  public enum Severity {
    /** The line is skipped. */
    ERROR,
    /** Some clients skip the entry, or it does not mean what it seems to. */
    WARNING
  }
}
