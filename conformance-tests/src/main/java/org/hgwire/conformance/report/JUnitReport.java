// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes results as JUnit's XML, as build servers read it: a test suite for each result, a test
 * case for each case.
 *
 * <p>Cases that were not run, and those that failed as expected, are skipped tests with their
 * reason. Characters that XML cannot have are made visible.
 */
public final class JUnitReport {
  private static final double MILLIS = 1000.0;

  private final XMLStreamWriter xml;

  private JUnitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * Writes {@code results} in UTF-8 and leaves {@code output} open.
   *
   * @throws XMLStreamException if {@code output} fails
   */
  public static void write(List<Result> results, OutputStream output) throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(output, "UTF-8");
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    JUnitReport report = new JUnitReport(xml);
    for (Result result : results) {
      report.write(result);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.flush();
  }

  private void write(Result result) throws XMLStreamException {
    long failures = result.unexpected().size();
    long passed = result.count(Verdict.PASS);
    double seconds = result.cases().stream().mapToLong(ResultCase::millis).sum() / MILLIS;
    xml.writeStartElement("testsuite");
    attribute("name", result.profile() + " of " + result.peer());
    attribute("tests", Integer.toString(result.cases().size()));
    attribute("failures", Long.toString(failures));
    attribute("errors", "0");
    attribute("skipped", Long.toString(result.cases().size() - failures - passed));
    attribute("time", String.format(Locale.ROOT, "%.3f", seconds));
    for (ResultCase next : result.cases()) {
      write(result, next);
    }
    xml.writeEndElement();
  }

  private void write(Result result, ResultCase next) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", result.profile() + "." + next.group().replace('/', '.'));
    attribute("name", next.name());
    attribute("time", String.format(Locale.ROOT, "%.3f", next.millis() / MILLIS));
    if (next.result().isUnexpected()) {
      xml.writeStartElement("failure");
      attribute("message", next.reason());
      xml.writeCharacters(CaseDetails.of(next));
      xml.writeEndElement();
    } else if (next.result() != Verdict.PASS) {
      xml.writeStartElement("skipped");
      attribute("message", next.result().word() + ": " + next.reason());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, VisibleText.line(value));
  }
}
