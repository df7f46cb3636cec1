// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.FileChange;

/** A changeset of a {@link MemoryRepository}, with all that its index reports. */
record MemoryChangeset(
    MemoryRevision text,
    int parent1,
    int parent2,
    Node manifest,
    ByteString branch,
    List<FileChange> changes) {
  Node node() {
    return text.node();
  }
}
