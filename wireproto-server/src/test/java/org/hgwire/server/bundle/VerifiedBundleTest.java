// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

class VerifiedBundleTest {
  private final MemoryRepository repository = MemoryRepository.publishing();

  /** Returns the repository as if changesets had been removed while it was read. */
  private Repository changed() {
    return () -> {
      RepositorySnapshot snapshot = repository.snapshot();
      return (RepositorySnapshot)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {RepositorySnapshot.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("verify")) {
                  throw new IOException("changesets were removed");
                }
                try {
                  return method.invoke(snapshot, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }

  @Test
  void endOfABundleOfWhatHasChangedIsNotSent() throws IOException {
    repository.commit().write("a", "text\n".repeat(40_000)).commit();
    repository.commit().write("b", "other\n".repeat(40_000)).commit();
    BundleRequest request = BundleRequest.everything(Bundles.hg20(ChangegroupVersion.V02));
    int whole = Bundles.read(repository, request).length;
    int[] received = new int[1];
    try (BundleSource bundle =
        BundleSource.open(changed(), request, CommandSettings.defaults(), WireLimits.defaults())) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                for (ByteBuffer piece = bundle.next(); piece != null; piece = bundle.next()) {
                  received[0] += piece.remaining();
                }
              })
          .withMessage("changesets were removed");
    }
    assertThat(received[0]).isPositive().isLessThan(whole);
  }
}
