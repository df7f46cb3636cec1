// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;

final class ReceivedStateTest {
  private static final Map<ByteString, ByteString> PUBLISHING =
      Map.of(ByteString.utf8("publishing"), ByteString.utf8("True"));

  private final ReceivedState state = new ReceivedState(new MemorySink());

  private void receive() {
    state.begin();
    state.keys("bookmarks", Map.of());
    state.keys("phases", PUBLISHING);
  }

  @Test
  void responseThatDidNotEndCountsNotEvenAfterAnotherOne() throws IOException {
    receive();
    state.begin();
    state.ended();
    assertThat(state.read(List.of())).isNull();
  }

  @Test
  void laterResponsesWithoutAStateLeaveIt() throws IOException {
    receive();
    state.ended();
    state.begin();
    state.ended();
    assertThat(state.read(List.of())).isNotNull();
  }
}
