// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** Parses a manifest; used once. */
final class ManifestParser {
  private final byte[] text;
  private final Findings findings = new Findings();
  private final List<CloneBundleEntry> entries = new ArrayList<>();
  private int line;

  ManifestParser(byte[] text) {
    this.text = text;
  }

  CloneBundleManifest parse() {
    int max = Math.min(text.length, CloneBundleManifest.MAX_BYTES);
    int at = 0;
    while (at < max) {
      int end = at;
      while (end < text.length && text[end] != '\n' && text[end] != '\r') {
        end++;
      }
      line++;
      if (end > CloneBundleManifest.MAX_BYTES) {
        break;
      }
      readLine(at, end);
      if (entries.size() == CloneBundleManifest.MAX_ENTRIES && hasMore(end)) {
        findings.error(
            line,
            "everything after this line is skipped: a manifest has at most "
                + CloneBundleManifest.MAX_ENTRIES
                + " entries");
        break;
      }
      boolean two = end + 1 < text.length && text[end] == '\r' && text[end + 1] == '\n';
      at = end + (two ? 2 : 1);
    }
    if (text.length > CloneBundleManifest.MAX_BYTES
        && entries.size() < CloneBundleManifest.MAX_ENTRIES) {
      findings.error(
          line,
          "everything after the first "
              + CloneBundleManifest.MAX_BYTES
              + " bytes is skipped: make the manifest shorter");
    }
    return new CloneBundleManifest(entries, findings.all());
  }

  private boolean hasMore(int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] != '\n' && text[i] != '\r' && !isSpace(text[i])) {
        return true;
      }
    }
    return false;
  }

  private void readLine(int from, int to) {
    if (to - from > CloneBundleManifest.MAX_LINE_BYTES) {
      findings.error(
          line,
          "the line is skipped: it has "
              + (to - from)
              + " bytes, and the maximum is "
              + CloneBundleManifest.MAX_LINE_BYTES);
      return;
    }
    List<byte[]> words = words(from, to);
    if (words.isEmpty()) {
      return;
    }
    String url = url(words.get(0));
    Map<String, String> attributes = url == null ? null : attributes(words);
    if (url != null && attributes != null) {
      entries.add(new CloneBundleEntry(line, url, attributes));
    }
  }

  private List<byte[]> words(int from, int to) {
    List<byte[]> words = new ArrayList<>();
    int at = from;
    while (at < to) {
      while (at < to && isSpace(text[at])) {
        at++;
      }
      int end = at;
      while (end < to && !isSpace(text[end])) {
        end++;
      }
      if (end > at) {
        words.add(Arrays.copyOfRange(text, at, end));
      }
      at = end;
    }
    return words;
  }

  private @Nullable String url(byte[] word) {
    String url = new String(word, StandardCharsets.ISO_8859_1);
    if (!url.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      findings.error(
          line,
          "the line is skipped: its URL is not printable ASCII; write an international host name in"
              + " its form in ASCII (xn--…), percent-encode the rest, and begin the file without a"
              + " byte order mark");
      return null;
    }
    if (url.matches(".*%(?:[01][0-9A-Fa-f]|7[Ff]).*")) {
      findings.error(line, "the line is skipped: its URL has an encoded control character");
      return null;
    }
    return url;
  }

  private @Nullable Map<String, String> attributes(List<byte[]> words) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Set<String> written = new HashSet<>();
    for (byte[] word : words.subList(1, words.size())) {
      int equals = ByteString.copyOf(word).indexOf((byte) '=', 0);
      if (equals < 0) {
        return skipped("its attribute " + excerpt(word) + " has no \"=\": write key=value");
      }
      String key = PercentEncoding.decode(Arrays.copyOf(word, equals));
      String value = PercentEncoding.decode(Arrays.copyOfRange(word, equals + 1, word.length));
      if (key == null || value == null) {
        return skipped("its attribute " + excerpt(word) + " is not UTF-8");
      }
      if (CloneBundleEntry.hasControl(key) || CloneBundleEntry.hasControl(value)) {
        return skipped("its attribute " + excerpt(word) + " has a control character");
      }
      if (PercentEncoding.hasStrayPercent(word)) {
        findings.warning(
            line,
            "the attribute "
                + excerpt(word)
                + " has a percent sign that begins no escape: write %25");
      }
      if (!written.add(key) && !key.equals("URL")) {
        findings.warning(
            line,
            "the attribute " + Bundlespec.quoted(key) + " is there twice: the last one counts");
      }
      put(attributes, key, value);
    }
    return attributes;
  }

  private @Nullable Map<String, String> skipped(String reason) {
    findings.error(line, "the line is skipped: " + reason);
    return null;
  }

  private void put(Map<String, String> attributes, String key, String value) {
    if (key.equals("URL")) {
      findings.warning(
          line,
          "the attribute URL is ignored: the first word of the line is the URL,"
              + " which some clients would let this one replace");
      return;
    }
    Bundlespec spec = key.equals(CloneBundleEntry.BUNDLESPEC) ? Bundlespec.find(value) : null;
    // Removed first, so that the last one determines the order.
    attributes.remove(key);
    attributes.put(key, value);
    if (spec != null) {
      attributes.remove(CloneBundleEntry.COMPRESSION);
      attributes.remove(CloneBundleEntry.VERSION);
      attributes.put(CloneBundleEntry.COMPRESSION, spec.compressionName());
      attributes.put(CloneBundleEntry.VERSION, spec.version());
    }
  }

  private static String excerpt(byte[] word) {
    return ByteString.copyOf(word).excerpt();
  }

  /** ASCII white space except line ends. */
  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == 0x0b || b == '\f';
  }
}
