// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;

/**
 * Reads the response of {@code clonebundles}: one byte string, of which no more is held than a
 * manifest may be long.
 */
final class ManifestReader implements ResultReader<CloneBundleManifest> {
  @Override
  public CloneBundleManifest read(CommandResponse response) throws PeerException {
    ResponseObject object = response.next();
    if (object instanceof ResponseObject.Value value && value.value() instanceof CborBytes bytes) {
      return parsed(bytes.value(), response);
    }
    if (object instanceof ResponseObject.Bytes bytes) {
      try {
        byte[] text = bytes.stream().readNBytes(CloneBundleManifest.MAX_BYTES + 1);
        return parsed(ByteString.copyOf(text), response);
      } catch (PeerException e) {
        throw e;
      } catch (IOException e) {
        throw new TransportException(
            "The response to " + response.command() + " cannot be read.", e);
      }
    }
    throw WireProtocolException.request(
        WireErrorCode.BAD_RESPONSE, "the response is not a manifest of clone bundles");
  }

  private static CloneBundleManifest parsed(ByteString text, CommandResponse response) {
    response.close();
    return CloneBundleManifest.parse(text);
  }
}
