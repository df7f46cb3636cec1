// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.junit.jupiter.api.Test;

/** commons-compress is optional: without it, nothing but bundles compressed with bzip2 fails. */
final class MissingBzip2Test {
  /** Loads this package again, without commons-compress. */
  private static final class WithoutCompress extends ClassLoader {
    WithoutCompress() {
      super(MissingBzip2Test.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.commons.compress.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.hgwire.client.bundle.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void theMissingArtifactIsNamed() throws Exception {
    ClassLoader loader = new WithoutCompress();
    Class<?> bytesType = loader.loadClass(BundleBytes.class.getName());
    Constructor<?> constructor =
        loader
            .loadClass(Bzip2Bytes.class.getName())
            .getDeclaredConstructor(ByteBuffer.class, bytesType, WireLimits.class);
    constructor.setAccessible(true);
    Object rest =
        Proxy.newProxyInstance(
            loader, new Class<?>[] {bytesType}, (proxy, method, arguments) -> null);
    Object bzip2 =
        constructor.newInstance(
            ByteBuffer.wrap(new byte[] {'B', 'Z', 'h'}), rest, WireLimits.defaults());
    Method next = bzip2.getClass().getDeclaredMethod("next");
    next.setAccessible(true);

    assertThatThrownBy(() -> next.invoke(bzip2))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .satisfies(
            e -> assertThat(e.getClass().getName()).isEqualTo(BundleException.class.getName()))
        .hasMessageContaining("org.apache.commons:commons-compress");
  }
}
