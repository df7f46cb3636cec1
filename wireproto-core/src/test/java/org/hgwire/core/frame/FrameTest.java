// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.testing.FrameArbitraries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
  @Provide
  Arbitrary<FrameHeader> headers() {
    return FrameArbitraries.headers(Arbitraries.integers().between(0, 0xff_ffff));
  }

  @Property
  void headersRoundTrip(@ForAll("headers") FrameHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES);
    header.write(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(FrameHeader.read(bytes.flip())).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,0,0,0,0,0,payload length must be 0 to 16777215",
    "16777216,0,0,0,0,0,payload length must be 0 to 16777215",
    "0,65536,0,0,0,0,request id must be 0 to 65535",
    "0,0,256,0,0,0,stream id must be 0 to 255",
    "0,0,0,256,0,0,stream flags must be 0 to 255",
    "0,0,0,0,16,0,type must be 0 to 15",
    "0,0,0,0,0,16,flags must be 0 to 15",
    "0,0,0,0,0,-1,flags must be 0 to 15",
  })
  void headersHoldWhatTheirBitsCanHold(
      int length, int request, int stream, int streamFlags, int type, int flags, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHeader(length, request, stream, streamFlags, type, flags))
        .withMessageStartingWith(message);
  }

  @Test
  void hasFlagTestsAMask() {
    FrameHeader header = new FrameHeader(0, 1, 1, 0x05, 1, 0x09);
    assertThat(header.hasStreamFlag(StreamFlags.BEGIN)).isTrue();
    assertThat(header.hasStreamFlag(StreamFlags.END)).isFalse();
    assertThat(header.hasStreamFlag(StreamFlags.DEFINED)).isFalse();
    assertThat(header.hasFlag(FrameType.REQUEST_NEW | FrameType.REQUEST_HAVE_DATA)).isTrue();
    assertThat(header.hasFlag(FrameType.REQUEST_NEW | FrameType.REQUEST_MORE)).isFalse();
  }

  @Test
  void payloadHasTheLengthInTheHeader() {
    FrameHeader header = new FrameHeader(2, 1, 1, 0, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Frame(header, ByteBuffer.allocate(3)))
        .withMessage("the header declares 2 bytes of payload, but there are 3");
  }

  @Test
  void payloadViewsAreIndependent() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();
    Frame frame = Frame.of(1, 1, 0, FrameType.COMMAND_DATA, FrameType.EOS, bytes);
    Frame same = Frame.of(1, 1, 0, FrameType.COMMAND_DATA, FrameType.EOS, bytes.duplicate());
    bytes.get();
    frame.payload().get();
    assertThat(frame).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(frame.payload().remaining()).isEqualTo(3);
    assertThat(frame.encode().remaining()).isEqualTo(11);
    assertThat(frame.payload().isReadOnly()).isTrue();
  }

  @Test
  void flagThatIsNotSetIsNotThere() {
    FrameHeader header = new FrameHeader(0, 1, 1, 0, 1, 0);
    assertThat(header.hasFlag(FrameType.REQUEST_NEW)).isFalse();
    assertThat(header.hasStreamFlag(StreamFlags.BEGIN)).isFalse();
  }
}
