// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.server.repository.text.ManifestEntry;
import org.hgwire.server.repository.text.ManifestReader;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/** Looks at all entries of a manifest, which it closes; the result is the manifest. */
final class ManifestWalk implements Work<ManifestReader> {
  private final ManifestReader manifest;
  private final Work.Step<ManifestEntry> step;

  ManifestWalk(ManifestReader manifest, Work.Step<ManifestEntry> step) {
    this.manifest = manifest;
    this.step = step;
  }

  @Override
  public @Nullable ManifestReader advance(Steps steps) throws IOException {
    while (steps.take()) {
      ManifestEntry entry = manifest.next();
      if (entry == null) {
        return manifest;
      }
      step.at(entry);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    manifest.close();
  }
}
