// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.Dirstate;
import org.hgwire.store.FileIdentity;
import org.hgwire.store.NodeNames;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RepositorySettings;

/**
 * What the files say that change on their own, and not in a transaction with the changesets: the
 * working directory's parents, the local tags, the settings.
 *
 * @param identities those of the files
 * @param parents the parents of the working directory
 * @param localTags the changesets of local tags
 * @param settings the settings
 */
record AsideFacts(
    List<FileIdentity> identities,
    List<Node> parents,
    Map<ByteString, Node> localTags,
    RepositorySettings settings) {
  private static final int LOCAL_TAGS = 1;

  static AsideFacts read(RepositoryDirectory directory, StoreLimits limits) throws IOException {
    List<FileIdentity> identities = identities(directory);
    limits.requireNames(directory.localTags(), identities.get(LOCAL_TAGS));
    return new AsideFacts(
        identities,
        Dirstate.parents(directory.dirstate()),
        NodeNames.localTags(directory.localTags()),
        RepositorySettings.read(directory.settings()));
  }

  /** Reads the identities of the files. */
  static List<FileIdentity> identities(RepositoryDirectory directory) throws IOException {
    List<FileIdentity> found = new ArrayList<>(4);
    found.add(FileIdentity.of(directory.dirstate()));
    found.add(FileIdentity.of(directory.localTags()));
    for (Path settings : directory.settings()) {
      found.add(FileIdentity.of(settings));
    }
    return found;
  }
}
