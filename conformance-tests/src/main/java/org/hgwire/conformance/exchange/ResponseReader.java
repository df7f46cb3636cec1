// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.hgwire.core.ByteString;

/** Reads one HTTP response. */
final class ResponseReader {
  private final HttpInput input;

  ResponseReader(InputStream input) {
    this.input = new HttpInput(input);
  }

  HttpResponse read(boolean withoutBody) throws IOException {
    if (input.isClosed()) {
      return HttpResponse.none();
    }
    int status = status();
    while (status == 100) {
      input.headers();
      status = status();
    }
    Map<String, String> headers = input.headers();
    String broken = null;
    if (!withoutBody && status != 204 && status != 304) {
      try {
        if (!input.readBody(headers)) {
          input.readRest();
        }
      } catch (IOException e) {
        broken = e.getMessage() == null ? e.toString() : e.getMessage();
      }
    }
    return new HttpResponse(status, headers, ByteString.copyOf(input.body()), broken);
  }

  private int status() throws IOException {
    String line = input.line();
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("the response begins with \"" + line + "\", which is not HTTP");
    }
    return Integer.parseInt(words[1]);
  }
}
