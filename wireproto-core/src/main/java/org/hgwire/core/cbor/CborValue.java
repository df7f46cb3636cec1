// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/**
 * One whole value of Mercurial's CBOR subset.
 *
 * <p>Equality respects types: the integer 1 does not equal true. Values are immutable and may be
 * shared between threads. An indefinite byte string, which may occur at top level only, is not a
 * value but a series of {@link CborEvent}s.
 */
public sealed interface CborValue
    permits CborArray, CborBoolean, CborBytes, CborInteger, CborMap, CborNull, CborSet {

  /** Calls the method of {@code visitor} for this type of value and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** Returns the type of this value for a message, with an article: {@code a byte string}. */
  default String typeName() {
    return accept(TypeName.INSTANCE);
  }

  /** Returns the number of items: this value, and all that it holds, at every depth. */
  default int itemCount() {
    return accept(ItemCount.INSTANCE);
  }

  /** A visitor with one method per type of value. */
  interface Visitor<R> {
    /** Visits null. */
    R visitNull(CborNull value);

    /** Visits false or true. */
    R visitBoolean(CborBoolean value);

    /** Visits an integer. */
    R visitInteger(CborInteger value);

    /** Visits a byte string. */
    R visitBytes(CborBytes value);

    /** Visits an array. */
    R visitArray(CborArray value);

    /** Visits a set. */
    R visitSet(CborSet value);

    /** Visits a map. */
    R visitMap(CborMap value);
  }
}
