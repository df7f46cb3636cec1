// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PullSinks;

/**
 * The journal has no checksums, so most flips go unnoticed until somebody compares a hash; what
 * holds is that none of them leads to anything but a result or an {@link IOException}.
 */
final class DamagedJournalTest extends DamagedSinkContract {
  @Override
  PullSink open(Path into) throws IOException {
    return PullSinks.inDirectory(into);
  }

  @Override
  int maxUnnoticedOfThousand() {
    return 1000;
  }
}
