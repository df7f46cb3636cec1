// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkersOfAMomentTest {
  private static final Node PREDECESSOR = Node.fromHex("11".repeat(20));
  private static final Node SUCCESSOR = Node.fromHex("22".repeat(20));

  @TempDir Path temporary;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = temporary.resolve("obsstore");
  }

  /** Version 0: number of successors, length of the metadata, flags, nodes, metadata. */
  private static byte[] marker(Node predecessor, Node... successors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(successors.length);
    bytes.writeBytes(new byte[] {0, 0, 0, 3, 0});
    bytes.writeBytes(predecessor.toByteArray());
    for (Node successor : successors) {
      bytes.writeBytes(successor.toByteArray());
    }
    bytes.writeBytes(new byte[] {'a', ':', 'b'});
    return bytes.toByteArray();
  }

  private static List<Node> predecessors(ObsolescenceMarkers markers) throws IOException {
    List<Node> found = new ArrayList<>();
    try (markers) {
      while (markers.next()) {
        found.add(markers.predecessor());
      }
    }
    return found;
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void markersAddedLaterAreNotOfTheMoment() throws IOException {
    FileIdentity none = FileIdentity.of(file);
    append(new byte[] {0});
    append(marker(PREDECESSOR, SUCCESSOR));
    FileIdentity one = FileIdentity.of(file);
    append(marker(SUCCESSOR));

    assertThat(predecessors(ObsolescenceMarkers.open(file, none))).isEmpty();
    assertThat(predecessors(ObsolescenceMarkers.open(file, one))).containsExactly(PREDECESSOR);
    assertThat(predecessors(ObsolescenceMarkers.open(file)))
        .containsExactly(PREDECESSOR, SUCCESSOR);
  }

  @Test
  void replacedFileIsReportedAsChanged() throws IOException {
    append(new byte[] {0});
    append(marker(PREDECESSOR, SUCCESSOR));
    FileIdentity before = FileIdentity.of(file);
    Files.move(file, temporary.resolve("moved"));
    append(new byte[] {0});
    append(marker(PREDECESSOR));
    append(marker(SUCCESSOR));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ObsolescenceMarkers.open(file, before))
        .matches(e -> e.kind() == StoreException.Kind.CHANGED)
        .withMessageContaining("obsstore");
  }
}
