// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process, as a line that another process can parse. */
public final class Figures {
  private Figures() {}

  /** Returns the bytes of the heap that are in use after a collection. */
  static long liveHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Returns the bytes of direct buffers that the JVM reports. */
  static long directBuffers() {
    long bytes = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        bytes += pool.getMemoryUsed();
      }
    }
    return bytes;
  }

  /** Returns the peak resident memory of the process, or -1 if it is unknown. */
  static long peakResident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return -1;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return -1;
  }

  /** Returns {@code heap=… direct=… resident=…}, in bytes. */
  public static String line() throws IOException {
    return "heap=" + liveHeap() + " direct=" + directBuffers() + " resident=" + peakResident();
  }
}
