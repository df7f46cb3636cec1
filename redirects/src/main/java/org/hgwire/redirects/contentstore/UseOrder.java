// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;

/** The order in which files were used, and their total size. Safe for use by several threads. */
final class UseOrder {
  /** How often the time of a file on disk is set, for the order after a restart. */
  private static final Duration TIME_IS_SET_EVERY = Duration.ofHours(1);

  private final long maxBytes;
  private final long maxFiles;

  /** The files, the least recently used one first. */
  private final Map<ByteString, Counted> files = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** A file: its size, and its time on disk. */
  private record Counted(long size, Instant time) {}

  UseOrder(long maxBytes, long maxFiles) {
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
  }

  /** Adds a file as used now; removes and returns the files that exceed a bound. */
  synchronized List<ByteString> add(ByteString hash, long size, Instant time) {
    Counted before = files.put(hash, new Counted(size, time));
    bytes += size - (before == null ? 0 : before.size());
    List<ByteString> least = new ArrayList<>();
    Iterator<Map.Entry<ByteString, Counted>> oldest = files.entrySet().iterator();
    while ((bytes > maxBytes || files.size() > maxFiles) && oldest.hasNext()) {
      Map.Entry<ByteString, Counted> entry = oldest.next();
      bytes -= entry.getValue().size();
      least.add(entry.getKey());
      oldest.remove();
    }
    return least;
  }

  /** Notes that a file is used; returns whether its time on disk should be set to {@code now}. */
  synchronized boolean use(ByteString hash, Instant now) {
    Counted counted = files.get(hash);
    if (counted == null || counted.time().plus(TIME_IS_SET_EVERY).isAfter(now)) {
      return false;
    }
    files.put(hash, new Counted(counted.size(), now));
    return true;
  }

  /** Removes a file. */
  synchronized void remove(ByteString hash) {
    Counted counted = files.remove(hash);
    if (counted != null) {
      bytes -= counted.size();
    }
  }

  /** Returns the total size of the files, in bytes. */
  synchronized long bytes() {
    return bytes;
  }
}
