// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;

/**
 * Finds the problems of a manifest, for its publisher: lines that cannot be parsed, and entries
 * that do not do what they seem to, or not for all clients.
 */
public final class ManifestLint {
  private final Findings findings = new Findings();
  private final Map<String, Integer> linesOfUrls = new HashMap<>();

  private ManifestLint() {}

  /** Returns the problems in the order of the lines; nothing is thrown. */
  public static List<ManifestFinding> of(ByteString text) {
    CloneBundleManifest manifest = CloneBundleManifest.parse(text);
    ManifestLint lint = new ManifestLint();
    manifest.findings().forEach(lint.findings::add);
    lint.checkText(text);
    manifest.entries().forEach(lint::checkEntry);
    lint.checkWhole(manifest);
    return lint.findings.all().stream()
        .sorted(Comparator.comparingInt(ManifestFinding::line))
        .toList();
  }

  private void checkText(ByteString text) {
    int carriage = text.indexOf((byte) '\r', 0);
    if (carriage >= 0) {
      findings.warning(
          lineOf(text, carriage),
          "a carriage return ends lines here: write line feeds alone, as other tools expect");
    }
    if (!text.isEmpty() && text.at(text.length() - 1) != '\n') {
      findings.warning(
          lineOf(text, text.length()),
          "the last line has no line feed: add one, or what is appended becomes part of it");
    }
  }

  /** Counts as the parser does. */
  private static int lineOf(ByteString text, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      boolean first = i + 1 < text.length() && text.at(i) == '\r' && text.at(i + 1) == '\n';
      if (text.at(i) == '\n' || (text.at(i) == '\r' && !first)) {
        line++;
      }
    }
    return line;
  }

  private void checkEntry(CloneBundleEntry entry) {
    int line = entry.line();
    UrlLint.check(entry, findings);
    AttributeLint.check(entry, findings);
    Integer before = linesOfUrls.putIfAbsent(entry.url(), line);
    if (before != null) {
      findings.warning(line, "the URL is that of line " + before + ": remove one of the two");
    }
  }

  private void checkWhole(CloneBundleManifest manifest) {
    if (manifest.entries().isEmpty()) {
      findings.warning(0, "there is no valid entry: clients clone from the server itself");
      return;
    }
    Set<String> needs = new HashSet<>();
    for (CloneBundleEntry entry : manifest.entries()) {
      for (String key : List.of(CloneBundleEntry.REQUIRESNI, CloneBundleEntry.REQUIREDRAM)) {
        if (entry.attribute(key) == null) {
          needs.add(key);
        }
      }
    }
    // "If this is defined, it is important to advertise a non-SNI fallback URL."
    if (!needs.contains(CloneBundleEntry.REQUIRESNI)) {
      findings.warning(
          0, "every entry has REQUIRESNI: add one without for clients that send no server names");
    }
    if (!needs.contains(CloneBundleEntry.REQUIREDRAM)) {
      findings.warning(
          0, "every entry has REQUIREDRAM: add one without for clients with little memory");
    }
  }
}
