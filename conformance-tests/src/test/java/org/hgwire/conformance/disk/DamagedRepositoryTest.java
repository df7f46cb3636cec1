// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;

/**
 * What is in a repository was verified when it came, and {@code hgwire verify} finds what was
 * damaged since; a pull does not look again. What holds is that no flip leads to anything but a
 * result or an {@link IOException}.
 */
final class DamagedRepositoryTest extends DamagedSinkContract {
  @Override
  PullSink open(Path into) throws IOException {
    return RepositorySink.open(into);
  }

  @Override
  int maxUnnoticedOfThousand() {
    return 1000;
  }
}
