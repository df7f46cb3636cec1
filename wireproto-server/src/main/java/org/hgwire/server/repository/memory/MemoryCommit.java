// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a commit to a {@link MemoryRepository}. A file that is not mentioned stays as it is in
 * the parent; in a merge it is taken from the parent that changed it since their common ancestor.
 * Not safe for use by several threads.
 */
public final class MemoryCommit {
  /** What the commit does to one file: its new content, or null to remove it. */
  record Change(
      @Nullable RevisionContent content, ManifestFlag flag, @Nullable ByteString source) {}

  private static final ByteString BRANCH = ByteString.utf8("branch");

  private final MemoryRepository repository;
  private final TreeMap<ByteString, Change> changes = new TreeMap<>();
  private final TreeMap<ByteString, ByteString> extra = new TreeMap<>();
  private Node parent1;
  private Node parent2 = Node.NULL;
  private ByteString user = ByteString.utf8("nobody");
  private long time;
  private int timezone;
  private ByteString message = ByteString.empty();
  private Phase phase = Phase.DRAFT;

  MemoryCommit(MemoryRepository repository, Node parent) {
    this.repository = repository;
    this.parent1 = parent;
  }

  /** Sets the parent; {@link Node#NULL} for a root. By default it is the newest changeset. */
  public MemoryCommit parent(Node parent) {
    return parents(parent, Node.NULL);
  }

  /** Sets both parents of a merge. */
  public MemoryCommit parents(Node first, Node second) {
    parent1 = first;
    parent2 = second;
    return this;
  }

  /** Sets the user; {@code nobody} by default. */
  public MemoryCommit user(String user) {
    this.user = ByteString.utf8(user);
    return this;
  }

  /**
   * Sets the date; by default 1970-01-01T00:00Z. Fractions of a second are dropped: Mercurial has
   * none.
   */
  public MemoryCommit date(OffsetDateTime date) {
    return date(date.toEpochSecond(), -date.getOffset().getTotalSeconds());
  }

  /**
   * Sets the date in Mercurial's terms.
   *
   * @param seconds seconds since 1970-01-01T00:00Z
   * @param offset seconds to add to local time to get UTC, so negative east of Greenwich
   */
  public MemoryCommit date(long seconds, int offset) {
    this.time = seconds;
    this.timezone = offset;
    return this;
  }

  /**
   * Sets the message; empty by default. As Mercurial does, this drops white space at the end of
   * each line, and empty lines at both ends.
   */
  public MemoryCommit message(String message) {
    String trimmed =
        Arrays.stream(message.split("\r\n|\r|\n", -1))
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"));
    this.message = ByteString.utf8(trimmed.replaceAll("^\n+|\n+$", ""));
    return this;
  }

  /** Sets the branch; {@code default} by default, whatever the branch of the parent. */
  public MemoryCommit branch(String branch) {
    return extra("branch", branch);
  }

  /** Closes the branch with this commit. */
  public MemoryCommit closeBranch() {
    return extra("close", "1");
  }

  /** Sets an extra of the changeset. */
  public MemoryCommit extra(String key, String value) {
    extra.put(ByteString.utf8(key), ByteString.utf8(value));
    return this;
  }

  /** Sets the phase; draft by default. If a parent has a greater phase, that is used. */
  public MemoryCommit phase(Phase phase) {
    this.phase = phase;
    return this;
  }

  /** Writes an ordinary file with {@code text} in UTF-8. */
  public MemoryCommit write(String path, String text) {
    return write(ByteString.utf8(path), ByteString.utf8(text), ManifestFlag.FILE);
  }

  /** Writes an ordinary file. */
  public MemoryCommit write(ByteString path, ByteString content) {
    return write(path, content, ManifestFlag.FILE);
  }

  /**
   * Writes a file.
   *
   * @param path its path: names separated by slashes
   * @param content its content; the target of a symbolic link
   * @param flag what kind of file it is; not a tree
   * @throws IllegalArgumentException if no repository may track that path; see {@link TrackedPath}
   */
  public MemoryCommit write(ByteString path, ByteString content, ManifestFlag flag) {
    return change(path, new Change(RevisionContent.of(content), flag, null));
  }

  /**
   * Writes a file whose content may be larger than memory.
   *
   * @param path its path
   * @param content its content, which must not begin with {@code \1\n} unless it is in memory
   * @param flag what kind of file it is; not a tree
   */
  public MemoryCommit write(ByteString path, RevisionContent content, ManifestFlag flag) {
    return change(path, new Change(content, flag, null));
  }

  /**
   * Writes a file as a copy, changed or not, of a file of a parent.
   *
   * @param source the path that it is copied from
   * @param path its own path
   * @param content its content
   * @param flag what kind of file it is; not a tree
   */
  public MemoryCommit copy(
      ByteString source, ByteString path, ByteString content, ManifestFlag flag) {
    return change(path, new Change(RevisionContent.of(content), flag, source));
  }

  /** Writes an ordinary file with {@code text} in UTF-8 as a copy of another. */
  public MemoryCommit copy(String source, String path, String text) {
    return copy(
        ByteString.utf8(source), ByteString.utf8(path), ByteString.utf8(text), ManifestFlag.FILE);
  }

  /** Writes an ordinary file as a copy of another, and removes the other. */
  public MemoryCommit rename(String source, String path, String text) {
    return copy(source, path, text).remove(source);
  }

  /** Removes a file. */
  public MemoryCommit remove(String path) {
    return remove(ByteString.utf8(path));
  }

  /** Removes a file. */
  public MemoryCommit remove(ByteString path) {
    return change(path, new Change(null, ManifestFlag.FILE, null));
  }

  private MemoryCommit change(ByteString path, Change change) {
    if (change.flag() == ManifestFlag.TREE) {
      throw new IllegalArgumentException("a file cannot have the flag of a tree: " + path);
    }
    String fault = change.content() == null ? null : TrackedPath.fault(path);
    if (fault != null) {
      throw new IllegalArgumentException("the path " + path + " " + fault + "; use another");
    }
    changes.put(path, change);
    return this;
  }

  /**
   * Commits and returns the node of the changeset. If the repository already has this changeset,
   * nothing changes.
   *
   * @throws IllegalArgumentException if a parent, a file to remove or a file to copy does not exist
   * @throws IllegalStateException if both parents of a merge changed a file that is not mentioned
   * @throws java.io.UncheckedIOException if content that is not in memory cannot be read
   */
  public Node commit() {
    return repository.add(this);
  }

  Node parent1() {
    return parent1;
  }

  Node parent2() {
    return parent2;
  }

  Phase phase() {
    return phase;
  }

  Map<ByteString, Change> changes() {
    return changes;
  }

  ByteString branch() {
    return extra.getOrDefault(BRANCH, ChangesetText.DEFAULT_BRANCH);
  }

  ByteString text(Node manifest, List<ByteString> files) {
    TreeMap<ByteString, ByteString> written = new TreeMap<>(extra);
    written.remove(BRANCH, ChangesetText.DEFAULT_BRANCH);
    return new ChangesetText(manifest, user, time, timezone, written, files, message)
        .sorted()
        .format();
  }
}
