// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser lays it out. */
final class ReportInBrowserTest {
  /** A page that shows another one in some width, and writes what a script says of it. */
  private static final String FRAME =
      """
      <!doctype html><meta charset="utf-8">
      <iframe id="frame" style="border:0" width="%d" height="844" srcdoc="%s"></iframe>
      <pre id="said"></pre>
      <script>
      onload = () => {
        const frame = document.getElementById("frame").contentWindow;
        const page = frame.document;
        const all = (selector) => [...page.querySelectorAll(selector)];
        document.getElementById("said").textContent = (() => { %s })();
      };
      </script>
      """;

  @TempDir private Path directory;

  private Path write(String name, String html) throws IOException {
    return Files.writeString(directory.resolve(name), html, StandardCharsets.UTF_8);
  }

  private String ask(int width, List<Result> results, String script) throws Exception {
    Chromium chromium = Chromium.require();
    String page = SampleResults.page(results).replace("&", "&amp;").replace("\"", "&quot;");
    Path frame = write("frame.html", FRAME.formatted(width, page, script));
    return chromium
        .open(frame, directory)
        .replaceAll("(?s).*<pre id=\"said\">(.*?)</pre>.*", "$1")
        .strip();
  }

  @ParameterizedTest
  @CsvSource({"390, all", "320, all", "390, hostile", "1280, all"})
  void nothingIsWiderThanThePage(int width, String name) throws Exception {
    String script =
        """
        all("details").forEach((each) => { each.open = true; });
        const root = page.documentElement;
        const wide = all("body *")
            .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
            .map((each) => each.localName + "." + each.className);
        return [root.clientWidth, root.scrollWidth, ...wide].join(" ");
        """;
    List<Result> results = name.equals("all") ? SampleResults.all() : SampleResults.read(name);
    assertThat(ask(width, results, script)).isEqualTo(width + " " + width);
  }

  @Test
  void searchShowsTheCasesThatMatch() throws Exception {
    String script =
        """
        const search = page.getElementById("search");
        const shown = () => all(".case, article").filter((each) => each.checkVisibility()).length;
        const before = shown();
        search.value = "MUST length";
        search.dispatchEvent(new Event("input"));
        const groups = all(".group").filter((each) => each.checkVisibility()).length;
        const found = page.getElementById("found").textContent;
        const during = shown();
        search.value = "";
        search.dispatchEvent(new Event("input"));
        return [found, groups, during, shown() === before].join("; ");
        """;
    assertThat(ask(1280, SampleResults.all(), script)).isEqualTo("3 of 45 cases; 1; 5; true");
  }

  @Test
  void onlyFailuresNeedsNoScript() throws Exception {
    String script =
        """
        page.getElementById("only").checked = true;
        const shown = all(".case").filter((each) => each.checkVisibility());
        return shown.length + " " + shown.every((each) => each.querySelector("td a"));
        """;
    assertThat(ask(1280, SampleResults.all(), script)).isEqualTo("12 true");
  }

  @Test
  void linkOpensTheFailureThatItLeadsTo() throws Exception {
    String script =
        """
        const link = all(".case a")[0];
        const target = page.getElementById(link.hash.slice(1));
        const before = target.checkVisibility();
        frame.location.hash = link.hash;
        const top = target.getBoundingClientRect().top;
        return [before, target.checkVisibility(), top > 0 && top < 844].join(" ");
        """;
    assertThat(ask(390, SampleResults.all(), script)).isEqualTo("false true true");
  }

  @Test
  void scriptOfThePageRunsAndNoOther() throws Exception {
    Chromium chromium = Chromium.require();
    String page = SampleResults.page(SampleResults.read("hostile"));
    assertThat(page).contains("<label hidden>Find");
    String injected = page.replace("<main", "<script>document.title = 'injected'</script><main");
    assertThat(chromium.open(write("injected.html", injected), directory))
        .contains("<label>Find")
        .doesNotContain("<title>injected</title>");
  }

  @Test
  void pageIsPrinted() throws Exception {
    Chromium chromium = Chromium.require();
    Path pdf = directory.resolve("page.pdf");
    chromium.print(write("page.html", SampleResults.page(SampleResults.all())), pdf, directory);
    assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
    assertThat(Files.size(pdf)).isGreaterThan(20_000);
  }
}
