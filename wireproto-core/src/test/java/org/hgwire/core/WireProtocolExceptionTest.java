// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireProtocolExceptionTest {
  private static void assertFault(
      WireProtocolException fault, WireErrorCode code, ErrorScope scope, ErrorOrigin origin) {
    assertThat(fault).hasMessage("it broke").hasNoCause();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.scope()).isEqualTo(scope);
    assertThat(fault.origin()).isEqualTo(origin);
  }

  @Test
  void localFaultsHaveTheirScope() {
    assertFault(
        WireProtocolException.connection(WireErrorCode.LIMIT, "it broke"),
        WireErrorCode.LIMIT,
        ErrorScope.CONNECTION,
        ErrorOrigin.LOCAL);
    assertFault(
        WireProtocolException.stream(WireErrorCode.ENCODING_CORRUPT, "it broke"),
        WireErrorCode.ENCODING_CORRUPT,
        ErrorScope.STREAM,
        ErrorOrigin.LOCAL);
    assertFault(
        WireProtocolException.request(WireErrorCode.BAD_REQUEST, "it broke"),
        WireErrorCode.BAD_REQUEST,
        ErrorScope.REQUEST,
        ErrorOrigin.LOCAL);
  }

  @Test
  void peerMayReportAFault() {
    assertFault(
        new WireProtocolException(
            WireErrorCode.PEER_ERROR, ErrorScope.REQUEST, ErrorOrigin.PEER, "it broke"),
        WireErrorCode.PEER_ERROR,
        ErrorScope.REQUEST,
        ErrorOrigin.PEER);
  }

  @Test
  void codesAreLowerCaseWithDashes() {
    assertThat(WireErrorCode.DUPLICATE_KEY.text()).isEqualTo("duplicate-key");
    assertThat(WireErrorCode.DUPLICATE_MEMBER.text()).isEqualTo("duplicate-member");
    assertThat(WireErrorCode.CHUNK_TYPE.text()).isEqualTo("chunk-type");
    assertThat(WireErrorCode.DEPTH.text()).isEqualTo("depth");
    assertThat(WireErrorCode.LIMIT.text()).isEqualTo("limit");
    assertThat(WireErrorCode.MALFORMED.text()).isEqualTo("malformed");
    assertThat(WireErrorCode.TRUNCATED.text()).isEqualTo("truncated");
  }
}
