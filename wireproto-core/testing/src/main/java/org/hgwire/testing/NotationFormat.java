// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import net.jqwik.api.SampleReportingFormat;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameNotation;

/**
 * How jqwik prints a sample that fails: frames in text notation, values in diagnostic notation,
 * bytes in hexadecimal. Found by jqwik itself, as a service.
 */
public final class NotationFormat implements SampleReportingFormat {
  /** For the service loader. */
  public NotationFormat() {}

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof FrameBytes
        || value instanceof Frame
        || value instanceof CborValue
        || value instanceof ByteString;
  }

  @Override
  public Object report(Object value) {
    return SampleReportingFormat.plainLabel(print(value));
  }

  private static String print(Object value) {
    if (value instanceof FrameBytes bytes) {
      return "\n" + bytes.toString().indent(4);
    }
    if (value instanceof Frame frame) {
      return FrameNotation.print(frame);
    }
    return value instanceof CborValue cbor
        ? DiagnosticNotation.print(cbor)
        : "h'" + ((ByteString) value).hex() + "'";
  }
}
