// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.core.version1.ArgumentForm;
import org.hgwire.core.version1.Version1Request;

/** Manifests of clone bundles and requests of version 1. */
class TextInputTest {
  @Provide
  Arbitrary<ByteString> manifests() {
    return CloneBundleArbitraries.manifests();
  }

  @Provide
  Arbitrary<Version1Request> requests() {
    return Version1Arbitraries.requests();
  }

  @Provide
  Arbitrary<ArgumentForm> forms() {
    return Version1Arbitraries.forms();
  }

  @Provide
  Arbitrary<ArgumentForm> hostileForms() {
    return Version1Arbitraries.hostileForms();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void linesOfManifestsAreAUrlAndAttributes(@ForAll("manifests") ByteString manifest) {
    List<String> lines = manifest.utf8().lines().toList();
    assertThat(lines)
        .allMatch(line -> line.matches("(https?|peer-bundle-cache)://[!-~]+( [!-~]+=[!-~]*)*"));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void requestsNameACommand(@ForAll("requests") Version1Request request) {
    assertThat(request.command()).matches("[a-z]+");
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundFormsAreEncodedSoundly(@ForAll("forms") ArgumentForm form) {
    assertThat(form.query()).startsWith("cmd=");
    assertThat(URLDecoder.decode(form.query(), StandardCharsets.ISO_8859_1)).isNotEmpty();
    assertThat(form.headers().values()).allMatch(value -> value.length() <= 1024);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void hostileFormsCanBeSent(@ForAll("hostileForms") ArgumentForm form) {
    assertThat(form.query()).matches("[!-~]*");
    assertThat(form.headers().values()).allMatch(value -> value.matches("[ -~]*"));
  }
}
