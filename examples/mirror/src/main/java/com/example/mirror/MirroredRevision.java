// SPDX-License-Identifier: Apache-2.0
package com.example.mirror;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredRevision;

/**
 * A revision in memory: what the pull reads back as a base of deltas, and what the server sends.
 *
 * @param node the hash of the parents and the text
 * @param parent1 the first parent, or the null node
 * @param parent2 the second parent, or the null node
 * @param link the number of the first changeset that introduced it
 * @param text the full text
 */
record MirroredRevision(Node node, Node parent1, Node parent2, int link, ByteString text)
    implements StoredRevision, RevisionText {
  @Override
  public IntStream links() {
    return IntStream.of(link);
  }

  @Override
  public long size() {
    return text.length();
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.toByteArray());
  }
}
