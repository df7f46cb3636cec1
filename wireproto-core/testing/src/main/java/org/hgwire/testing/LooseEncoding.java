// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Valid encodings that a deterministic encoder does not write: longer heads, keys in any order. */
public final class LooseEncoding {
  private LooseEncoding() {}

  /** Returns an encoding of {@code value} that {@code random} chooses. */
  public static ByteString of(CborValue value, Random random) {
    return ByteString.copyOf(value.accept(new Writer(random)).out.toByteArray());
  }

  private static final class Writer implements CborValue.Visitor<Writer> {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Random random;

    Writer(Random random) {
      this.random = random;
    }

    private Writer head(int major, long argument) {
      int least = 8;
      for (int size : new int[] {4, 2, 1, 0}) {
        boolean fits = size == 0 ? argument >= 0 && argument < 24 : argument >>> (8 * size) == 0;
        if (fits) {
          least = size;
        }
      }
      List<Integer> sizes = new ArrayList<>(List.of(0, 1, 2, 4, 8));
      int shortest = least;
      sizes.removeIf(size -> size < shortest);
      int size = sizes.get(random.nextInt(sizes.size()));
      int info = size == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(size);
      out.write(major << 5 | info);
      for (int i = size - 1; i >= 0; i--) {
        out.write((int) (argument >>> (8 * i)));
      }
      return this;
    }

    @Override
    public Writer visitNull(CborNull value) {
      out.write(0xf6);
      return this;
    }

    @Override
    public Writer visitBoolean(CborBoolean value) {
      out.write(value.value() ? 0xf5 : 0xf4);
      return this;
    }

    @Override
    public Writer visitInteger(CborInteger value) {
      return head(value.negative() ? 1 : 0, value.argument());
    }

    @Override
    public Writer visitBytes(CborBytes value) {
      head(2, value.value().length());
      out.writeBytes(value.value().toByteArray());
      return this;
    }

    @Override
    public Writer visitArray(CborArray value) {
      head(4, value.items().size());
      value.items().forEach(item -> item.accept(this));
      return this;
    }

    @Override
    public Writer visitSet(CborSet value) {
      int[] widths = {2, 4, 8};
      int width = widths[random.nextInt(widths.length)];
      out.write(0xd8 + Integer.numberOfTrailingZeros(width));
      for (int i = width - 1; i >= 0; i--) {
        out.write(258 >>> (i > 3 ? 31 : 8 * i));
      }
      head(4, value.members().size());
      shuffled(value.members()).forEach(member -> member.accept(this));
      return this;
    }

    @Override
    public Writer visitMap(CborMap value) {
      head(5, value.size());
      for (var entry : shuffled(value.entries())) {
        entry.getKey().accept(this);
        entry.getValue().accept(this);
      }
      return this;
    }

    private <T> List<T> shuffled(List<T> items) {
      List<T> copy = new ArrayList<>(items);
      Collections.shuffle(copy, random);
      return copy;
    }
  }
}
