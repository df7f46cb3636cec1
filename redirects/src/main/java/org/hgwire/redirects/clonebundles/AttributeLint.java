// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.Locale;
import java.util.Set;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectException;

/** Checks the attributes of an entry for {@link ManifestLint}. */
final class AttributeLint {
  /** "Keys in UPPERCASE are reserved for use by Mercurial." */
  private static final Set<String> RESERVED =
      Set.of(
          CloneBundleEntry.BUNDLESPEC,
          CloneBundleEntry.COMPRESSION,
          CloneBundleEntry.VERSION,
          CloneBundleEntry.REQUIRESNI,
          CloneBundleEntry.REQUIREDRAM,
          CloneBundleEntry.DIGEST);

  private final CloneBundleEntry entry;
  private final Findings findings;

  private AttributeLint(CloneBundleEntry entry, Findings findings) {
    this.entry = entry;
    this.findings = findings;
  }

  static void check(CloneBundleEntry entry, Findings findings) {
    AttributeLint lint = new AttributeLint(entry, findings);
    lint.checkSpec();
    lint.checkNeeds();
    lint.checkDigest();
    lint.checkKeys();
  }

  private void warn(String message) {
    findings.warning(entry.line(), message);
  }

  private void checkSpec() {
    String text = entry.attribute(CloneBundleEntry.BUNDLESPEC);
    if (text == null || text.isEmpty()) {
      warn(
          "there is no BUNDLESPEC: clients take the bundle without knowing whether they can read"
              + " it; write what \"hg debugbundle --spec FILE\" prints");
      return;
    }
    Bundlespec spec;
    try {
      spec = Bundlespec.parse(text);
    } catch (BundlespecException e) {
      warn(
          "clients skip the entry because of its BUNDLESPEC: "
              + e.reason()
              + "; write what \"hg debugbundle --spec FILE\" prints");
      return;
    }
    String obstacle = spec.obstacle();
    if (spec.isStream()) {
      warn(
          "this is a stream bundle: only Mercurial reads it, and only if it knows the store's"
              + " formats; add an entry that is not one");
    } else if (obstacle != null) {
      warn("some clients skip the entry because of its BUNDLESPEC: " + obstacle);
    }
    contradiction(CloneBundleEntry.COMPRESSION, spec.compressionName());
    contradiction(CloneBundleEntry.VERSION, spec.version());
  }

  private void contradiction(String key, String implied) {
    String value = entry.attribute(key);
    if (!implied.equals(value)) {
      warn(key + " contradicts BUNDLESPEC, which says " + implied + ": remove it");
    }
  }

  private void checkNeeds() {
    String sni = entry.attribute(CloneBundleEntry.REQUIRESNI);
    if (sni != null && !sni.equals("true")) {
      warn("REQUIRESNI counts whatever its value: write REQUIRESNI=true or remove it");
    }
    if (sni != null && entry.url().regionMatches(true, 0, "http:", 0, 5)) {
      warn("REQUIRESNI means nothing for an http URL: remove it");
    }
    String memory = entry.attribute(CloneBundleEntry.REQUIREDRAM);
    if (memory != null && RequiredMemory.bytes(memory) == null) {
      warn("clients skip the entry: REQUIREDRAM is not a size such as 64MB");
    }
  }

  private void checkDigest() {
    DigestAttribute digest = entry.digest();
    if (digest == null) {
      if (entry.url().regionMatches(true, 0, "http:", 0, 5)) {
        warn(
            "an http URL without a DIGEST: nobody can tell whether the bundle is the one that was"
                + " put there, and this library skips it; add DIGEST=sha256:…");
      }
      return;
    }
    for (String unknown : digest.unknown()) {
      warn("the algorithm " + Bundlespec.quoted(unknown) + " in DIGEST is not known");
    }
    try {
      digest.require(false);
    } catch (RedirectException e) {
      warn(
          "this library skips the entry: "
              + e.getMessage()
              + "; add "
              + HashAlgorithm.SHA256.wireName().utf8()
              + ":…");
    }
  }

  private void checkKeys() {
    for (String key : entry.attributes().keySet()) {
      String upper = key.toUpperCase(Locale.ROOT);
      if (RESERVED.contains(key)) {
        continue;
      }
      if (key.isEmpty()) {
        warn("an attribute has no name");
      } else if (RESERVED.contains(upper)) {
        warn(Bundlespec.quoted(key) + " means nothing to clients: write " + upper);
      } else if (key.equals(upper) && !key.equals(key.toLowerCase(Locale.ROOT))) {
        warn(
            Bundlespec.quoted(key)
                + " is not known, and names in capitals are reserved: write it in small letters if"
                + " it is your own");
      }
    }
  }
}
