// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.ChangegroupEvent;

/** Events as text that does not depend on how the input was cut. */
final class ChangegroupEvents {
  private final StringBuilder text = new StringBuilder();
  private int hash = 1;

  void add(BundleEvent event) {
    if (event instanceof ChangegroupEvent.RevisionRead read) {
      text.append(read.header()).append(' ');
      hash(read.delta());
    } else if (event instanceof ChangegroupEvent.DeltaRead read) {
      hash(read.data());
    } else if (event instanceof BundleEvent.PartDataRead read) {
      hash(read.data());
    } else {
      text.append(event).append('\n');
    }
  }

  void add(WireProtocolException fault) {
    text.append(fault.code()).append(' ').append(fault.getMessage());
  }

  private void hash(ByteBuffer data) {
    for (int i = data.position(); i < data.limit(); i++) {
      hash = 31 * hash + data.get(i);
    }
  }

  @Override
  public String toString() {
    return text.toString() + hash;
  }
}
