// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.client.Peer;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.client.testing.RecordingPullListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.cbor.CborBytes;
import org.junit.jupiter.api.Test;

/** The client on a class path without {@code commons-compress}, the library for bzip2. */
class WithoutBzip2Test {
  private static final String DIGEST = " DIGEST=sha256:" + "ab".repeat(32);

  /** Loads the client's classes again, and finds none of the library's. */
  private static final class FilteringLoader extends ClassLoader {
    FilteringLoader(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.commons.compress.")) {
        throw new ClassNotFoundException(name);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return name.startsWith("org.hgwire.client.") ? define(name) : super.loadClass(name, resolve);
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

  /** Runs a task whose class was loaded without the library. */
  private static Object run(Class<?> task, byte[] argument) throws Exception {
    ClassLoader loader = new FilteringLoader(WithoutBzip2Test.class.getClassLoader());
    Class<?> loaded = Class.forName(task.getName(), true, loader);
    Object instance = loaded.getDeclaredConstructor(byte[].class).newInstance((Object) argument);
    return ((Callable<?>) instance).call();
  }

  private static byte[] bundle(BundleCompression compression) {
    return ScriptedBundle.of(new ScriptedRepository(100).grow(3)).hg20(compression);
  }

  /** Applies a bundle and returns the number of changesets, or the error. */
  public static final class ApplyingBundle implements Callable<String> {
    private final byte[] bundle;

    public ApplyingBundle(byte[] bundle) {
      this.bundle = bundle;
    }

    @Override
    public String call() throws Exception {
      assertThat(BundleReader.readsBzip2()).isFalse();
      try (PullSink sink = TemporaryRepositorySink.open()) {
        InputStream in = new ByteArrayInputStream(bundle);
        return "changesets: " + BundleApplier.apply(in, sink, PullOptions.DEFAULT).changesets();
      } catch (BundleException e) {
        return e.fault() + ": " + e.getMessage();
      }
    }
  }

  /**
   * Pulls with a bzip2 bundle and a plain one in the manifest, and returns why entries were
   * rejected.
   */
  public static final class Pulling implements Callable<List<String>> {
    private final byte[] plain;

    public Pulling(byte[] plain) {
      this.plain = plain;
    }

    @Override
    public List<String> call() throws Exception {
      RecordingPullListener listener = new RecordingPullListener();
      ScriptedRepository repository = new ScriptedRepository(100).grow(3);
      String manifest =
          "https://h/bz BUNDLESPEC=bzip2-v2"
              + DIGEST
              + "\nhttps://h/un BUNDLESPEC=none-v2"
              + DIGEST;
      try (Peer peer =
              repository
                  .serve()
                  .respond("clonebundles", new CborBytes(ByteString.utf8(manifest)))
                  .connect();
          PullSink sink = TemporaryRepositorySink.open()) {
        PullSummary summary =
            Pull.run(
                peer,
                sink,
                PullOptions.DEFAULT.withListener(listener),
                entry -> BundleBytes.of(new ByteArrayInputStream(plain)));
        assertThat(summary.cloneBundles().changesets()).isEqualTo(3);
      }
      return listener.rejected().stream().map(entry -> entry.reason().toString()).toList();
    }
  }

  @Test
  void bzip2BundleFailsAndNamesTheLibrary() throws Exception {
    assertThat(run(ApplyingBundle.class, bundle(BundleCompression.BZIP2)))
        .asString()
        .startsWith("UNSUPPORTED: ")
        .contains("org.apache.commons:commons-compress");
  }

  @Test
  void otherBundlesAreApplied() throws Exception {
    for (BundleCompression compression :
        List.of(BundleCompression.NONE, BundleCompression.ZLIB, BundleCompression.ZSTD)) {
      assertThat(run(ApplyingBundle.class, bundle(compression))).isEqualTo("changesets: 3");
    }
  }

  @Test
  void bzip2CloneBundlesAreNotChosen() throws Exception {
    assertThat(run(Pulling.class, bundle(BundleCompression.NONE)))
        .isEqualTo(List.of("COMPRESSION"));
  }

  @Test
  void withTheLibraryBzip2IsRead() throws Exception {
    assertThat(BundleReader.readsBzip2()).isTrue();
    InputStream in = new ByteArrayInputStream(bundle(BundleCompression.BZIP2));
    try (PullSink sink = TemporaryRepositorySink.open()) {
      assertThat(BundleApplier.apply(in, sink, PullOptions.DEFAULT).changesets()).isEqualTo(3);
    }
  }
}
