// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;

/**
 * What {@link ChangegroupDecoder} decodes: between start and end, the delta groups of changesets,
 * of manifests, of each directory (version 03) and of each file.
 */
public sealed interface ChangegroupEvent extends BundleEvent {

  /**
   * A changegroup begins.
   *
   * @param changegroup what its bundle declares about it
   */
  record ChangegroupStarted(Changegroup changegroup) implements ChangegroupEvent {}

  /**
   * The revisions of one revlog begin.
   *
   * @param segment the kind of revlog
   * @param path the file, or the directory with a slash at its end; empty for changesets and root
   *     manifests
   */
  record DeltaGroupStarted(Segment segment, ByteString path) implements ChangegroupEvent {}

  /**
   * A revision with a delta of at most {@link org.hgwire.core.WireLimit#WHOLE_BUNDLE_DELTA} bytes.
   *
   * @param header the revision
   * @param delta the delta against {@link DeltaHeader#base()}: read-only, valid until the decoder
   *     is called again
   */
  record RevisionRead(DeltaHeader header, ByteBuffer delta) implements ChangegroupEvent {}

  /**
   * A revision with a longer delta begins.
   *
   * @param header the revision
   * @param length the length of its delta in bytes
   */
  record RevisionStarted(DeltaHeader header, int length) implements ChangegroupEvent {}

  /**
   * A piece of the delta of the current revision. Where pieces end depends on how the input was
   * cut.
   *
   * @param data the bytes, at least one: read-only, valid until the decoder is called again
   */
  record DeltaRead(ByteBuffer data) implements ChangegroupEvent {}

  /** The delta of the current revision is complete. */
  record RevisionEnded() implements ChangegroupEvent {}

  /** The revisions of one revlog are complete. */
  record DeltaGroupEnded() implements ChangegroupEvent {}

  /** The changegroup is complete. */
  record ChangegroupEnded() implements ChangegroupEvent {}
}
