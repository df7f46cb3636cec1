// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.util.Iterator;
import java.util.List;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** Sources of objects that are in memory. */
public final class ObjectSources {
  private ObjectSources() {}

  /** Returns a source of one value. */
  public static ObjectSource of(CborValue value) {
    return of(List.of(new ResponseObject.Value(value)));
  }

  /** Returns a source of {@code objects}, which must not stream. */
  public static ObjectSource of(List<ResponseObject> objects) {
    Iterator<ResponseObject> left = List.copyOf(objects).iterator();
    return new ObjectSource() {
      @Override
      public @Nullable ResponseObject next() {
        return left.hasNext() ? left.next() : null;
      }

      @Override
      public void close() {
        // there is nothing to free
      }
    };
  }
}
