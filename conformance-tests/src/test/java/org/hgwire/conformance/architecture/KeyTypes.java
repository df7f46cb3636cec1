// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.FieldVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.signature.SignatureReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.signature.SignatureVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of the keys of sets and maps in one class: in fields, parameters, results and, if it
 * was compiled with them, local variables. A type that sorts its keys, or compares them by
 * identity, does not count.
 */
final class KeyTypes {
  private static final int API = Opcodes.ASM9;

  /**
   * A type of keys.
   *
   * @param place the field, method or variable that has them
   * @param type the name of their class
   */
  record Key(String place, String type) {}

  private final JavaClass owner;
  private final List<Key> keys = new ArrayList<>();

  KeyTypes(JavaClass owner) {
    this.owner = owner;
    try (InputStream in = owner.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(in).accept(new Signatures(), ClassReader.SKIP_FRAMES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the keys whose class is not comparable with itself. */
  Stream<Key> incomparable() {
    return keys.stream().filter(key -> !isComparable(key.type()));
  }

  private static boolean isComparable(String name) {
    Class<?> type;
    try {
      type = Class.forName(name, false, KeyTypes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    if (type.isEnum()) {
      return true;
    }
    // A hash table looks at the class of the key itself: that of a ByteBuffer is not comparable.
    if (!Modifier.isFinal(type.getModifiers())) {
      return false;
    }
    for (Type each : type.getGenericInterfaces()) {
      if (each instanceof ParameterizedType comparable
          && comparable.getRawType() == Comparable.class
          && comparable.getActualTypeArguments()[0] == type) {
        return true;
      }
    }
    return false;
  }

  private void read(String place, @Nullable String signature) {
    if (signature != null) {
      SignatureReader reader = new SignatureReader(signature);
      if (signature.startsWith("(") || signature.startsWith("<")) {
        reader.accept(new Types(place));
      } else {
        reader.acceptType(new Types(place));
      }
    }
  }

  private final class Signatures extends ClassVisitor {
    Signatures() {
      super(API);
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access, String name, String type, @Nullable String signature, @Nullable Object value) {
      read(owner.getName() + "." + name, signature);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String type,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      read(owner.getName() + "." + method + "()", signature);
      return new MethodVisitor(API) {
        @Override
        public void visitLocalVariable(
            String name,
            String descriptor,
            @Nullable String ofVariable,
            Label start,
            Label end,
            int index) {
          read(owner.getName() + "." + method + "(): " + name, ofVariable);
        }
      };
    }
  }

  /** Visits a type with its arguments, which are visited by one more of these each. */
  private final class Types extends SignatureVisitor {
    private final String place;
    private boolean keyed;
    private int arguments;

    Types(String place) {
      super(API);
      this.place = place;
    }

    @Override
    public void visitClassType(String name) {
      String type = name.replace('/', '.');
      try {
        Class<?> loaded = Class.forName(type, false, KeyTypes.class.getClassLoader());
        keyed =
            (Map.class.isAssignableFrom(loaded) || Set.class.isAssignableFrom(loaded))
                && !SortedMap.class.isAssignableFrom(loaded)
                && !SortedSet.class.isAssignableFrom(loaded)
                && loaded != IdentityHashMap.class;
      } catch (ClassNotFoundException e) {
        keyed = false;
      }
    }

    @Override
    public SignatureVisitor visitTypeArgument(char wildcard) {
      boolean isKey = keyed && arguments++ == 0;
      return isKey ? new KeyType(place) : new Types(place);
    }
  }

  /** Visits the type of a key. */
  private final class KeyType extends SignatureVisitor {
    private final String place;

    KeyType(String place) {
      super(API);
      this.place = place;
    }

    @Override
    public void visitClassType(String name) {
      keys.add(new Key(place, name.replace('/', '.')));
    }

    @Override
    public void visitInnerClassType(String name) {
      Key outer = keys.remove(keys.size() - 1);
      keys.add(new Key(place, outer.type() + "$" + name));
    }

    @Override
    public SignatureVisitor visitTypeArgument(char wildcard) {
      return new Types(place);
    }
  }
}
