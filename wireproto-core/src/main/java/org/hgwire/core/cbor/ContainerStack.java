// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Arrays;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.OpenContainer.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The open containers around the value being read, outermost first: a stack in place of recursion.
 */
final class ContainerStack {
  private final HeadReader head;
  private final int maxDepth;
  private final int maxItems;
  private OpenContainer[] open = new OpenContainer[4];
  private int depth;

  /** The items of all containers of the current top-level value. */
  private int items;

  /** Makes a stack that enforces {@code limits}; its faults name the position of {@code head}. */
  ContainerStack(HeadReader head, WireLimits limits) {
    this.head = head;
    maxDepth = limits.intOf(WireLimit.MAX_CBOR_DEPTH);
    maxItems = limits.intOf(WireLimit.MAX_CBOR_ITEMS);
  }

  /** Returns whether the next value is at top level. */
  boolean isEmpty() {
    return depth == 0;
  }

  /** Checks that a container, whose head has begun, may be the next value. */
  void checkContainer() {
    // "A map MUST only use the following types as keys: […] A set may only use the following types
    // as values: all types supported as map keys" (cbor, "Container Types")
    if (depth > 0 && open[depth - 1].wantsScalar()) {
      throw head.malformed("an array, set or map as a map key or set member");
    }
    if (depth >= maxDepth) {
      throw head.fault(
          WireErrorCode.DEPTH,
          "containers nested deeper than the limit of " + maxDepth + " levels");
    }
  }

  /**
   * Opens a container.
   *
   * @param declared the unsigned count that its head declares
   * @return the container if it is empty and at top level, else null
   */
  @Nullable CborValue open(Kind kind, long declared) {
    int itemsEach = kind == Kind.MAP ? 2 : 1;
    if (Long.compareUnsigned(declared, (maxItems - items) / itemsEach) > 0) {
      throw head.fault(
          WireErrorCode.LIMIT, "more items in one value than the limit of " + maxItems);
    }
    int count = (int) declared * itemsEach;
    items += count;
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    OpenContainer container = open[depth];
    if (container == null) {
      container = new OpenContainer();
      open[depth] = container;
    }
    container.open(kind, count);
    depth++;
    return count == 0 ? closeFull(container) : null;
  }

  /** Adds a scalar; returns the top-level value if that is now complete, else null. */
  @Nullable CborValue add(CborValue value) {
    if (depth == 0) {
      return value;
    }
    OpenContainer container = open[depth - 1];
    if (!container.add(value)) {
      throw container.kind() == Kind.MAP
          ? head.fault(WireErrorCode.DUPLICATE_KEY, "a map key that the map has already")
          : head.fault(WireErrorCode.DUPLICATE_MEMBER, "a member that the set has already");
    }
    return container.isFull() ? closeFull(container) : null;
  }

  /** Closes the innermost container, which is full, and all containers that this fills. */
  private @Nullable CborValue closeFull(OpenContainer innermost) {
    OpenContainer container = innermost;
    CborValue value = container.close();
    depth--;
    while (depth > 0) {
      container = open[depth - 1];
      container.add(value);
      if (!container.isFull()) {
        return null;
      }
      value = container.close();
      depth--;
    }
    items = 0;
    return value;
  }
}
