// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.scripted.Alteration;
import org.hgwire.conformance.scripted.AlterationNotation;

/**
 * The notation in which cases for clients are kept.
 *
 * <pre>
 * case client/frame/both-flags
 * title A client refuses a frame that both continues and ends its response
 * level MUST
 * text wireprotocolrpc The words of the sentence that is tested
 * cause Only the bit for the end is looked at.
 * &lt; changesetdata frame 0 {id} {stream} stream-begin command-response continuation|eos {payload}
 * &gt; fails
 * </pre>
 *
 * <p>Case, title, level, text and cause are as in {@link CaseNotation}. {@code <} precedes an
 * alteration of a response, see {@link AlterationNotation}; where an operand of it repeats, <code>
 * {repeat:N:TEXT}</code> stands for a text N times. {@code >} precedes what is expected of the
 * client: that it {@code succeeds} (ends with 0), {@code fails} (ends, and not with 0), {@code
 * ends}, {@code follows} (succeeds, and with what it was redirected to), {@code rejects} (fails, or
 * requests inline what it was redirected to), or {@code keeps RULE} with all requests, see {@link
 * org.hgwire.conformance.scripted.RequestRule}.
 */
public final class ClientCaseNotation {
  private ClientCaseNotation() {}

  /**
   * Reads cases.
   *
   * @param text the cases
   * @param source where they are from, for errors
   * @throws IllegalArgumentException if {@code text} is not in the notation
   */
  public static List<ClientCase> parse(String text, String source) {
    Macros macros = new Macros(new KnownNodes());
    return CaseFile.read(text, source, id -> new Builder(id, macros));
  }

  /** A case, line by line. */
  private static final class Builder implements CaseFile.Lines<ClientCase> {
    private final CaseAttributes attributes;
    private final Macros macros;
    private final List<Alteration> alterations = new ArrayList<>();
    private final List<ClientExpectation> expectations = new ArrayList<>();

    Builder(String id, Macros macros) {
      attributes = new CaseAttributes(id);
      this.macros = macros;
    }

    @Override
    public void add(String line) {
      if (line.startsWith("< ")) {
        alterations.add(AlterationNotation.parse(macros.expand(line.substring(2))));
      } else if (line.startsWith("> ")) {
        expectations.add(ClientExpectation.parse(line.substring(2)));
      } else if (!attributes.add(line)) {
        throw new IllegalArgumentException("this is neither an attribute nor < nor >");
      }
    }

    @Override
    public ClientCase build() {
      Level level = attributes.requireLevel();
      if (expectations.isEmpty()) {
        throw new IllegalArgumentException("the case " + attributes.id() + " expects nothing");
      }
      return new ClientCase(
          attributes.id(),
          attributes.title(),
          level,
          attributes.citation(),
          attributes.cause(),
          alterations,
          expectations);
    }
  }
}
