// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;

/**
 * What {@link BundleDecoder} decodes, in the order of the bundle: {@link HeaderRead}; then for HG10
 * the events of one changegroup, for HG20 those of the parts; then {@link BundleEnded}.
 *
 * <p>The events of a part that interrupts another, from {@link PartStarted} to {@link PartEnded},
 * come between the events of the other.
 */
public sealed interface BundleEvent
    permits BundleEvent.HeaderRead,
        BundleEvent.PartStarted,
        BundleEvent.PartDataRead,
        BundleEvent.PartEnded,
        BundleEvent.PartSkipped,
        BundleEvent.BundleEnded,
        ChangegroupEvent {

  /**
   * The header of the bundle was read; its body follows.
   *
   * @param header the header
   */
  record HeaderRead(BundleHeader header) implements BundleEvent {}

  /**
   * A part begins: a changegroup, followed by its {@link ChangegroupEvent}s, or a part whose
   * payload the caller accepts, followed by {@link PartDataRead}s.
   *
   * @param part the header of the part
   */
  record PartStarted(PartHeader part) implements BundleEvent {}

  /**
   * A piece of the payload of a part that the caller accepts. Where pieces end has no meaning.
   *
   * @param data the bytes, at least one: read-only, valid until the decoder is called again
   */
  record PartDataRead(ByteBuffer data) implements BundleEvent {}

  /**
   * A part ends.
   *
   * @param part the header of the part
   */
  record PartEnded(PartHeader part) implements BundleEvent {}

  /**
   * An advisory part that is unknown and not accepted by the caller begins; its payload is skipped.
   *
   * @param part the header of the part
   */
  record PartSkipped(PartHeader part) implements BundleEvent {}

  /** The bundle is complete; no input may follow. */
  record BundleEnded() implements BundleEvent {}
}
