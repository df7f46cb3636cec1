// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * One formatting request of a message for people (wireprotocolrpc, Human Output Side-Channel).
 *
 * @param message the formatting string, in which only {@code %s} and {@code %%} are special
 * @param arguments what replaces each {@code %s}
 * @param labels how the text may be decorated
 */
public record OutputAtom(ByteString message, List<ByteString> arguments, List<ByteString> labels) {
  /** Copies the lists. */
  public OutputAtom {
    arguments = List.copyOf(arguments);
    labels = List.copyOf(labels);
  }
}
