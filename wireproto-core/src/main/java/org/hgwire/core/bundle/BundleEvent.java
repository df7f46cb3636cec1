// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;

/**
 * What {@link BundleDecoder} finds, in the order of the bundle: {@link HeaderRead}; then for HG10
 * the events of one changegroup, for HG20 those of the parts; then {@link BundleEnded}.
 *
 * <p>A part that interrupts another one gives its events in the middle of the other's, from {@link
 * PartStarted} to {@link PartEnded}.
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
   * A part begins: a changegroup, of which {@link ChangegroupEvent}s follow, or one that the caller
   * takes, of which {@link PartDataRead}s follow.
   *
   * @param part the header of the part
   */
  record PartStarted(PartHeader part) implements BundleEvent {}

  /**
   * A piece of the payload of a part that the caller takes. Where pieces end says nothing.
   *
   * @param data the bytes, never none: read-only, valid until the decoder is called again
   */
  record PartDataRead(ByteBuffer data) implements BundleEvent {}

  /**
   * A part ends.
   *
   * @param part the header of the part
   */
  record PartEnded(PartHeader part) implements BundleEvent {}

  /**
   * An advisory part that nobody takes was met; nothing follows of it.
   *
   * @param part the header of the part
   */
  record PartSkipped(PartHeader part) implements BundleEvent {}

  /** The bundle is complete; no input may follow. */
  record BundleEnded() implements BundleEvent {}
}
