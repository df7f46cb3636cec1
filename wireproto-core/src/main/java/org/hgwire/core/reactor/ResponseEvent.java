// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ContentLocation;
import org.jspecify.annotations.Nullable;

/** An event of a {@link ResponseDecoder}. */
public sealed interface ResponseEvent {
  /**
   * A part of the response's objects.
   *
   * @param event a whole value, or a part of a byte string
   */
  record ObjectReceived(CborEvent event) implements ResponseEvent {}

  /**
   * The command failed, before or in the middle of its objects. No event follows.
   *
   * @param error why
   */
  record CommandFailed(CommandError error) implements ResponseEvent {}

  /**
   * The objects are elsewhere. No event follows.
   *
   * @param location where they are
   */
  record Redirected(ContentLocation location) implements ResponseEvent {}

  /**
   * The objects are elsewhere, but where is not said correctly. No event follows.
   *
   * @param url the URL of the location, or null if it has none
   * @param fault what is wrong
   */
  record MalformedRedirect(@Nullable ByteString url, WireProtocolException fault)
      implements ResponseEvent {}
}
