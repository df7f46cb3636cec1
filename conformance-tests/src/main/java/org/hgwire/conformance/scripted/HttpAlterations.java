// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.List;
import org.hgwire.conformance.scripted.Alteration.Change;
import org.hgwire.core.ByteString;

/** The alterations of HTTP responses. */
final class HttpAlterations {
  private HttpAlterations() {}

  /**
   * Returns the alteration with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Change parse(String name, String operands) {
    return switch (name) {
      case "status" -> draft -> draft.http().setStatus(Integer.parseInt(operands));
      case "header" -> {
        int colon = operands.indexOf(':');
        if (colon <= 0) {
          throw new IllegalArgumentException("a header has a colon");
        }
        yield draft ->
            draft
                .http()
                .setHeader(operands.substring(0, colon), operands.substring(colon + 1).strip());
      }
      case "body" -> {
        ByteString bytes = ByteString.fromHex(operands.replace(" ", ""));
        yield draft -> draft.http().setBody(bytes);
      }
      case "append" -> {
        ByteString bytes = ByteString.fromHex(operands.replace(" ", ""));
        yield draft ->
            draft.http().setBody(ResponseDraft.join(List.of(draft.http().body(), bytes)));
      }
      case "cut" -> draft -> draft.http().cut(Integer.parseInt(operands));
      case "without" -> draft -> draft.http().setBody(without(draft, Integer.parseInt(operands)));
      case "flipped" -> draft -> draft.http().setBody(flipped(draft.http().body(), operands));
      case "endless" ->
          draft -> {
            ByteString body = draft.http().body();
            draft
                .http()
                .repeat(body.substring(body.length() - Integer.parseInt(operands), body.length()));
          };
      case "chunks" -> draft -> draft.http().setChunkSize(Integer.parseInt(operands));
      case "closes" -> draft -> draft.http().silence();
      default -> throw new IllegalArgumentException("there is no alteration " + name);
    };
  }

  private static ByteString without(ResponseDraft draft, int bytes) {
    ByteString body = draft.http().body();
    return body.substring(0, body.length() - bytes);
  }

  private static ByteString flipped(ByteString body, String number) {
    byte[] bytes = body.toByteArray();
    bytes[AlterationNotation.position(number, bytes.length)] ^= 0x10;
    return ByteString.copyOf(bytes);
  }
}
