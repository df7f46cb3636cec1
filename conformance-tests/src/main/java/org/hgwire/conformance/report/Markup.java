// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.io.StringWriter;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the elements of a page. All text and all attributes pass through {@link VisibleText} and
 * are escaped by the platform's writer of XML.
 */
final class Markup {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
  private static final Set<String> VOID = Set.of("col", "input");

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter writer;

  Markup() {
    try {
      writer = FACTORY.createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What writes to memory fails only if it is used in the wrong way. */
  private interface Step {
    void run() throws XMLStreamException;
  }

  private Markup write(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins an element; {@code attributes} are names, each followed by its value. */
  Markup begin(String element, String... attributes) {
    return write(
        () -> {
          if (VOID.contains(element)) {
            writer.writeEmptyElement(element);
          } else {
            writer.writeStartElement(element);
          }
          for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], VisibleText.line(attributes[i + 1]));
          }
        });
  }

  /** Ends the element that was begun last. */
  Markup end() {
    return write(writer::writeEndElement);
  }

  /** Writes text as one line. */
  Markup text(String text) {
    return write(() -> writer.writeCharacters(VisibleText.line(text)));
  }

  /** Writes text whose lines stay lines. */
  Markup lines(String text) {
    return write(() -> writer.writeCharacters(VisibleText.lines(text)));
  }

  /** Writes an element that holds nothing but text. */
  Markup element(String element, String text, String... attributes) {
    return begin(element, attributes).text(text).end();
  }

  /** Writes text that only a screen reader says. */
  Markup spoken(String text) {
    return element("span", text, "class", "spoken");
  }

  /** Writes an empty line of the source: a page of one line is unpleasant to look into. */
  Markup newline() {
    return write(() -> writer.writeCharacters("\n"));
  }

  @Override
  public String toString() {
    write(writer::flush);
    return out.toString();
  }
}
