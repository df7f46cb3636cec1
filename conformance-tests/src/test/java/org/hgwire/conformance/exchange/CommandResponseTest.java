// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.junit.jupiter.api.Test;

final class CommandResponseTest {
  private static final ByteString ERROR =
      CborEncoder.encode(
          DiagnosticNotation.parse("{'error': {'message': [{'msg': 'no'}]}, 'status': 'error'}"));

  private static final String PRINTED =
      "cbor:{b'error': {b'message': [{b'msg': b'no'}]}, b'status': b'error'}";

  private final CommandResponse response = new CommandResponse();

  @Test
  void statusOfErrorIsPrintedAsNotation() {
    response.add(ERROR.toByteArray(), null);
    response.end();

    assertThat(response.failure()).isEqualTo(PRINTED);
    assertThat(response.incomplete()).isEqualTo("the command failed: " + PRINTED);
  }

  @Test
  void errorFrameIsPrintedAsNotation() {
    response.fail(ERROR.toByteArray());

    assertThat(response.failure()).isEqualTo(PRINTED);
  }

  @Test
  void errorFrameThatIsNoCborIsPrintedAsText() {
    response.fail("not here".getBytes(StandardCharsets.US_ASCII));

    assertThat(response.failure()).isEqualTo("not here");
  }
}
