// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.HttpUrl;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;

/** Makes the typed error for an {@link OverheadException} of a host, whatever wraps it. */
abstract class OverheadFaults {
  /** How many causes are searched: a chain of causes may be a ring. */
  private static final int MAX_CAUSES = 16;

  /** The faults of a server. */
  static OverheadFaults ofServer(HttpUrl url) {
    String place = place(url);
    return new OverheadFaults() {
      @Override
      IOException typed(OverheadException e) {
        String message = e.sentence(place);
        return new PeerProtocolException(
            message, WireProtocolException.connection(WireErrorCode.LIMIT, message));
      }
    };
  }

  /** The faults of a content host. */
  static OverheadFaults ofContentHost(HttpUrl url) {
    String place = "The content host " + place(url);
    return new OverheadFaults() {
      @Override
      IOException typed(OverheadException e) {
        return new RedirectException(RedirectFault.TOO_LONG, e.sentence(place), e);
      }
    };
  }

  private static String place(HttpUrl url) {
    boolean standard = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.host() + (standard ? "" : ":" + url.port());
  }

  abstract IOException typed(OverheadException e);

  /** Returns the typed error if {@code e} is about overhead, else {@code e}. */
  IOException of(IOException e) {
    Throwable at = e;
    for (int i = 0; i < MAX_CAUSES && at != null; i++) {
      if (at instanceof OverheadException found) {
        return typed(found);
      }
      at = at.getCause();
    }
    return e;
  }

  /** Returns a body whose reads throw the typed error. */
  InputStream in(InputStream body) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          return body.read();
        } catch (IOException e) {
          throw of(e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return body.read(bytes, offset, length);
        } catch (IOException e) {
          throw of(e);
        }
      }

      @Override
      public int available() throws IOException {
        return body.available();
      }

      @Override
      public void close() throws IOException {
        body.close();
      }
    };
  }
}
