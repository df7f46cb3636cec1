// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hgwire.core.WireLimits;

/** Reads one zlib stream. */
final class ZlibDecoder extends SliceDecoder {
  private final Inflater inflater = new Inflater();

  ZlibDecoder(WireLimits limits) {
    super(ZlibEncoding.NAME, limits);
  }

  @Override
  boolean decode(ByteBuffer from, ByteBuffer to) {
    inflater.setInput(from);
    try {
      inflater.inflate(to);
    } catch (DataFormatException fault) {
      throw corrupt("is damaged");
    }
    if (inflater.needsDictionary()) {
      throw corrupt("needs a dictionary");
    }
    return inflater.finished();
  }

  @Override
  void free() {
    inflater.end();
  }
}
