// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hgwire.store.StoreNames;
import org.hgwire.store.revlog.RevlogFiles;
import org.jspecify.annotations.Nullable;

/** The files of a file log or of the manifests, which grow where they are. */
final class LogFiles implements RevlogFiles {
  private final JournaledFiles files;
  private final @Nullable FileNames names;
  private final String name;
  private final String dataName;
  private final Path index;
  private final Path data;

  /**
   * Makes the files.
   *
   * @param name the name of the index as it is listed
   * @param names the list that has the names of the files, or null if they are not listed
   */
  LogFiles(JournaledFiles files, String name, Path index, Path data, @Nullable FileNames names) {
    this.files = files;
    this.names = names;
    this.name = name;
    this.dataName = StoreNames.dataOf(name);
    this.index = index;
    this.data = data;
  }

  @Override
  public Path index() {
    return index;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public void writeIndex(ByteBuffer bytes, long at, long before) throws IOException {
    list(name, at);
    files.append(name, index, bytes, at, before);
  }

  @Override
  public void writeData(ByteBuffer bytes, long at, long before) throws IOException {
    list(dataName, at);
    files.append(dataName, data, bytes, at, before);
  }

  @Override
  public void replaceIndex(ByteBuffer entries, long at, long before) throws IOException {
    files.replaceIndex(name, index, entries, at, before);
  }

  private void list(String file, long at) throws IOException {
    if (at == 0 && names != null) {
      names.add(file);
    }
  }
}
