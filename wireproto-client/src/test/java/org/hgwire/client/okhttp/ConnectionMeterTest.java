// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a connection may receive that is no body, byte by byte. */
final class ConnectionMeterTest {
  private static final int MAX = 1000;

  private final AtomicInteger closed = new AtomicInteger();
  private final ConnectionMeter meter = meter(null);

  private ConnectionMeter meter(@org.jspecify.annotations.Nullable ConnectionMeter below) {
    return new ConnectionMeter(MAX, Duration.ofMillis(50), closed::incrementAndGet, below);
  }

  private static void receive(ConnectionMeter meter, byte[] bytes) throws IOException {
    meter.received(bytes, 0, bytes.length);
  }

  @Test
  void budgetIsForOneExchange() throws IOException {
    byte[] head = RawHost.text("H".repeat(MAX));
    receive(meter, head);
    assertThatExceptionOfType(OverheadException.class)
        .isThrownBy(() -> receive(meter, RawHost.text("H")));
    meter.exchangeStarted();
    receive(meter, head);
    meter.headReceived();
  }

  @Test
  void bodyInTheSmallestOfChunksIsAccepted() throws IOException {
    receive(meter, RawHost.text("HTTP/1.1 200 OK\r\n\r\n"));
    for (int i = 0; i < 10 * MAX; i++) {
      receive(meter, RawHost.text("1\r\nx\r\n"));
      meter.delivered(1);
    }
    assertThatExceptionOfType(OverheadException.class)
        .isThrownBy(() -> receive(meter, RawHost.text("y".repeat(MAX + 1))));
  }

  @Test
  void decryptedBytesAreTheBodyOfTheRecords() throws IOException {
    ConnectionMeter records = meter(null);
    ConnectionMeter decrypted = meter(records);
    for (int i = 0; i < 10; i++) {
      receive(records, RawHost.text("r".repeat(MAX - 20)));
      receive(decrypted, RawHost.text("x".repeat(60)));
    }
    assertThatExceptionOfType(OverheadException.class)
        .isThrownBy(() -> receive(records, RawHost.text("r".repeat(MAX + 1))));
  }

  @Test
  void framesSayWhatIsBodyHoweverTheyArrive() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(RawHost.frame(4, 0, 0, new byte[6]));
    wire.writeBytes(RawHost.frame(1, 0, 3, new byte[10]));
    wire.writeBytes(RawHost.frame(9, 4, 3, new byte[10]));
    byte[] padded = new byte[200];
    padded[0] = 99;
    for (int i = 0; i < 5; i++) {
      wire.writeBytes(RawHost.frame(0, 8, 3, padded));
      wire.writeBytes(RawHost.frame(0, 0, 3, new byte[300]));
      wire.writeBytes(RawHost.frame(0, 0, 3, new byte[0]));
    }
    byte[] bytes = wire.toByteArray();
    for (int step = 1; step <= bytes.length; step++) {
      FrameScanner scanner = new FrameScanner();
      int data = 0;
      for (int at = 0; at < bytes.length; at += step) {
        data += scanner.scan(bytes, at, Math.min(step, bytes.length - at));
      }
      assertThat(data).isEqualTo(5 * (100 + 300));
      assertThat(scanner.isInside()).isFalse();
      assertThat(scanner.completed()).isEqualTo(2 + 5 * 3);
    }
  }

  @Test
  void paddingLongerThanItsFrameIsNoBody() {
    byte[] frame = RawHost.frame(0, 8, 3, new byte[] {(byte) 0xff, 1, 2, 3});
    assertThat(new FrameScanner().scan(frame, 0, frame.length)).isZero();
  }

  @Test
  void headThatIsNotCompletedClosesTheConnection() throws Exception {
    meter.exchangeStarted();
    Thread.sleep(100);
    assertThat(closed).as("no byte has come").hasValue(0);
    receive(meter, RawHost.text("H"));
    Thread.sleep(300);
    assertThat(closed).hasValue(1);
    assertThat(meter.failure(new IOException("closed")))
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  @Test
  void completeHeadAndCompleteFramesHaveTime() throws Exception {
    meter.exchangeStarted();
    receive(meter, RawHost.text("HTTP"));
    meter.headReceived();
    ConnectionMeter frames = meter(null);
    receive(frames, RawHost.frame(4, 0, 0, new byte[0]));
    receive(frames, RawHost.frame(6, 0, 0, new byte[8]));
    Thread.sleep(200);
    assertThat(closed).hasValue(0);
    receive(frames, new byte[] {0, 0});
    Thread.sleep(300);
    assertThat(closed).hasValue(1);
    assertThatCode(frames::closed).doesNotThrowAnyException();
  }
}
