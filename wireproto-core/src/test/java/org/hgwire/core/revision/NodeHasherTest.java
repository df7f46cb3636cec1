// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes and texts of a repository that Mercurial 5.6.1 wrote. */
class NodeHasherTest {
  private static final String NONE = "0000000000000000000000000000000000000000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A file, an empty file, a renamed one, its successor.
        "418f692145676128d2fb518b027ddbac624be76e|" + NONE + "|a~b~",
        "b80de5d138758541c5f05265ad144ab9fa86d1db|" + NONE + "|''",
        "336c7d659beb404f427184fe80cb36e26a6de2b5|"
            + NONE
            + "|^~copy: a.txt~copyrev: 418f692145676128d2fb518b027ddbac624be76e~^~a~b~",
        "2f106ecd0bb738224740b5238ebe754993337b30|336c7d659beb404f427184fe80cb36e26a6de2b5|a~b~c~",
        "410f52511768a6681760d31783b8f5e437bef195|" + NONE + "|^~^~^~hi~",
        // Changesets.
        "fd95e6db3a2e205793f2b9d5e7b7a6cac9876630|"
            + NONE
            + "|97ec08e6640686d0ac6de68132002516ad06beec~Ann <a@x>~1000000000 -7200~a.txt~d/e/x~"
            + "empty~link~meta~run~~first",
        "d0cf21bdd4da5f9d4ec98f409fa1b76fffef5c9b|f07b2d036f136e86e94c8df24e1e620f67e26b72|"
            + "0cce5cc258d7c2bd053b9e06df78c13f60603a87~Ann~6 0~q~~q",
      })
  void nodesAreThoseOfMercurial(String node, String parent, String text) {
    ByteString bytes = ByteString.utf8(text.replace('~', '\n').replace('^', '\u0001'));
    assertThat(NodeHasher.hash(Parents.of(Node.fromHex(parent)), bytes).hex()).isEqualTo(node);
  }

  @Test
  void smallerParentIsHashedFirst() {
    Node one = Node.fromHex("d0cf21bdd4da5f9d4ec98f409fa1b76fffef5c9b");
    Node two = Node.fromHex("a57f550c22e8343a8fe694d168e94d075e80a13b");
    ByteString text =
        ByteString.utf8("a5e5ee7f46bbf7b35e7b1121e480f6674f332e0e\nAnn\n7 0\n\nmerge");
    String merge = "7c42e35ef6af7d1d9b11a78d6aa38d61fcff2c37";
    assertThat(NodeHasher.hash(new Parents(one, two), text).hex()).isEqualTo(merge);
    assertThat(NodeHasher.hash(new Parents(two, one), text).hex()).isEqualTo(merge);
  }

  @Test
  void textMayBeAddedInPieces() {
    ByteBuffer text = ByteBuffer.wrap("a\nb\n".getBytes(StandardCharsets.US_ASCII));
    NodeHasher hasher = NodeHasher.of(Node.NULL, Node.NULL);
    for (int i = 0; i < 4; i++) {
      hasher.update(text.slice(i, 1));
    }
    assertThat(hasher.update(ByteBuffer.allocate(0)).finish().hex())
        .isEqualTo("418f692145676128d2fb518b027ddbac624be76e");
  }
}
