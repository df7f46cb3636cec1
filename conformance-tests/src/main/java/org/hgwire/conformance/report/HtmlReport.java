// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that shows results side by side. It holds its style and script, and loads nothing. */
public final class HtmlReport {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private HtmlReport() {}

  /**
   * Writes the page, encoded in UTF-8 by whoever has {@code out}.
   *
   * @param results any results: of several profiles, of several peers, in the order to show them in
   * @throws IOException if {@code out} throws it
   */
  public static void write(List<Result> results, Appendable out) throws IOException {
    List<ProfileResults> profiles = ProfileResults.of(results);
    String script = resource("report.js");
    Matcher place = PLACE.matcher(resource("report.html"));
    out.append(
        place.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "title" -> title(results);
                      case "style" -> resource("report.css");
                      case "script" -> script;
                      case "script-hash" -> hash(script);
                      case "summary" -> summary(profiles);
                      case "profiles" -> profiles(profiles);
                      default -> throw new IllegalStateException(found.group());
                    })));
  }

  private static String title(List<Result> results) {
    List<String> peers = results.stream().map(Result::peer).sorted().distinct().toList();
    return new Markup().text("Conformance: " + String.join(", ", peers)).toString();
  }

  private static String summary(List<ProfileResults> profiles) {
    Markup markup = new Markup();
    new SummarySection(markup).write(profiles);
    return markup.toString();
  }

  private static String profiles(List<ProfileResults> profiles) {
    Markup markup = new Markup();
    for (ProfileResults profile : profiles) {
      markup.begin(
          "section",
          "id",
          profile.anchor(),
          "class",
          "profile",
          "aria-labelledby",
          profile.anchor() + "-name",
          "style",
          "--columns: " + profile.results().size());
      markup.element("h2", profile.name(), "id", profile.anchor() + "-name");
      new MatrixSection(markup, profile).write();
      new FailureSection(markup, profile).write();
      new NotesSection(markup, profile).write();
      markup.end().newline();
    }
    return markup.toString();
  }

  private static String resource(String name) {
    try (InputStream input = HtmlReport.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException(name + " is missing in the jar of the suite");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one script that the page may run, whatever a result holds. */
  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
