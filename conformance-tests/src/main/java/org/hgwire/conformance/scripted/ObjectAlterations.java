// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.Collections;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hgwire.conformance.scripted.Alteration.Change;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Node;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;

/** The alterations of objects. */
final class ObjectAlterations {
  private static final int MAP_BREAK = 0xff;
  private static final int INDEFINITE_MAP = 0xbf;
  private static final int EMPTY_MAP = 0xa0;
  private static final int MAX_SHORT_MAP = 23;
  private static final ByteString MEBIBYTE = ByteString.copyOf(new byte[1 << 20]);

  private ObjectAlterations() {}

  /** Returns the alteration with a name, or null if it is not one of objects. */
  static @Nullable Change parse(String name, String operands) {
    String[] words = operands.split(" ", 2);
    String first = words[0];
    String rest = words.length < 2 ? "" : words[1];
    return switch (name) {
      case "encoding" -> draft -> draft.encode(operands);
      case "pieces" -> draft -> draft.setPieceSize(Integer.parseInt(operands));
      case "last" -> ResponseDraft::sendLast;
      case "drop" -> onList(list -> list.remove(AlterationNotation.position(first, list.size())));
      case "twice" ->
          onList(
              list -> {
                int at = AlterationNotation.position(first, list.size());
                list.add(at, list.get(at));
              });
      case "swap" ->
          onList(
              list ->
                  Collections.swap(
                      list,
                      AlterationNotation.position(first, list.size()),
                      AlterationNotation.position(rest, list.size())));
      case "insert" -> {
        ByteString object = literal(rest);
        yield onList(list -> list.add(AlterationNotation.position(first, list.size() + 1), object));
      }
      case "object" -> {
        ByteString object = literal(rest);
        yield onObject(first, old -> object);
      }
      case "flip" -> onObject(first, ObjectAlterations::flipped);
      case "put" -> {
        String[] entry = rest.split(" ", 2);
        CborValue value = decoded(literal(entry[1]));
        yield onObject(first, old -> edited(old, entry[0], value));
      }
      case "remove" -> onObject(first, old -> edited(old, rest, null));
      case "again" -> onObject(first, old -> withAgain(old, rest));
      case "only" -> {
        int count = Integer.parseInt(first);
        yield onList(list -> list.subList(count, list.size()).clear());
      }
      case "loose" -> onObject(first, ObjectAlterations::loose);
      case "nodes" -> {
        ByteString nodes = CborEncoder.encode(unknownNodes(Integer.parseInt(rest)));
        yield onObject(first, old -> nodes);
      }
      case "zeros" -> {
        int count = Integer.parseInt(rest);
        yield onList(
            list -> setZeros(list, AlterationNotation.position(first, list.size()), count));
      }
      default -> null;
    };
  }

  /** Changes a list of objects. */
  @FunctionalInterface
  private interface ListChange {
    void apply(List<ByteString> list);
  }

  private static Change onList(ListChange change) {
    return draft -> change.apply(draft.objects());
  }

  private static Change onObject(String number, UnaryOperator<ByteString> change) {
    return onList(
        list -> {
          int at = AlterationNotation.position(number, list.size());
          list.set(at, change.apply(list.get(at)));
        });
  }

  /** Sets an object to a byte string of zeros, whose mebibytes are all the same in memory. */
  private static void setZeros(List<ByteString> list, int at, int mebibytes) {
    long length = (long) mebibytes * MEBIBYTE.length();
    list.set(at, ByteString.copyOf(new CborEncoder().bytesHead(length).take()));
    list.addAll(at + 1, Collections.nCopies(mebibytes, MEBIBYTE));
  }

  private static ByteString literal(String text) {
    return ByteString.copyOf(FrameNotation.parsePayload(text));
  }

  private static CborValue decoded(ByteString object) {
    return CborDecoder.decodeOne(object.asByteBuffer(), WireLimits.defaults());
  }

  private static ByteString flipped(ByteString object) {
    byte[] bytes = object.toByteArray();
    bytes[bytes.length - 1] ^= 1;
    return ByteString.copyOf(bytes);
  }

  /** Sets or, with null, removes an entry; the keys of maps in maps are joined by colons. */
  static ByteString edited(ByteString object, String path, @Nullable CborValue value) {
    return CborEncoder.encode(edited((CborMap) decoded(object), path, value));
  }

  /** Returns the value at a path as {@link #edited} has them, or null. */
  static @Nullable CborValue find(ByteString object, String path) {
    @Nullable CborValue value = decoded(object);
    for (String key : path.split(":", -1)) {
      value = value instanceof CborMap map ? map.get(key) : null;
    }
    return value;
  }

  private static CborMap edited(CborMap map, String path, @Nullable CborValue value) {
    String[] keys = path.split(":", 2);
    CborMap.Builder builder = CborMap.builder();
    for (Entry<CborValue, CborValue> entry : map.entries()) {
      if (!entry.getKey().equals(CborBytes.utf8(keys[0]))) {
        builder.put(entry.getKey(), entry.getValue());
      }
    }
    if (keys.length > 1) {
      builder.put(keys[0], edited((CborMap) map.require(keys[0]), keys[1], value));
    } else if (value != null) {
      builder.put(keys[0], value);
    } else if (map.get(keys[0]) == null) {
      throw new IllegalArgumentException("there is no key " + keys[0]);
    }
    return builder.build();
  }

  /** Returns a map that has an entry twice. */
  private static ByteString withAgain(ByteString object, String key) {
    CborMap map = (CborMap) decoded(object);
    int size = map.size() + 1;
    if (size > MAX_SHORT_MAP) {
      throw new IllegalArgumentException("a map of " + size + " entries has a longer head");
    }
    CborEncoder encoder = new CborEncoder();
    encoder.raw(ByteString.copyOf((byte) (EMPTY_MAP + size)).asByteBuffer());
    encoder.value(CborBytes.utf8(key)).value(map.require(key));
    map.entries().forEach(entry -> encoder.value(entry.getKey()).value(entry.getValue()));
    return ByteString.copyOf(encoder.take());
  }

  private static CborArray unknownNodes(int count) {
    return CborArray.ofByteStrings(
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> new Node(0, 0, number).toByteString())
            .toList());
  }

  /** Returns a map, or a byte string in pieces, with indefinite length. */
  private static ByteString loose(ByteString object) {
    CborValue value = decoded(object);
    CborEncoder encoder = new CborEncoder();
    if (value instanceof CborMap map) {
      encoder.raw(ByteString.copyOf((byte) INDEFINITE_MAP).asByteBuffer());
      map.entries().forEach(entry -> encoder.value(entry.getKey()).value(entry.getValue()));
      encoder.raw(ByteString.copyOf((byte) MAP_BREAK).asByteBuffer());
    } else {
      ByteString bytes = ((CborBytes) value).value();
      int half = bytes.length() / 2;
      encoder
          .indefiniteBytesStart()
          .value(new CborBytes(bytes.substring(0, half)))
          .value(new CborBytes(ByteString.empty()))
          .value(new CborBytes(bytes.substring(half, bytes.length())))
          .indefiniteBytesEnd();
    }
    return ByteString.copyOf(encoder.take());
  }
}
