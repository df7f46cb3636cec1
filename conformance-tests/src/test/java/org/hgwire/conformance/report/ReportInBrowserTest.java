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
  /** A page that shows another one in the width of a phone, opens all of it, and measures it. */
  private static final String FRAME =
      """
      <!doctype html><meta charset="utf-8">
      <iframe id="frame" style="border:0" width="%d" height="844" srcdoc="%s"></iframe>
      <pre id="wide"></pre>
      <script>
      onload = () => {
        const page = document.getElementById("frame").contentDocument;
        page.querySelectorAll("details").forEach((each) => { each.open = true; });
        const root = page.documentElement;
        const wide = [...page.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
            .map((each) => each.localName + "." + each.className);
        document.getElementById("wide").textContent =
            root.clientWidth + " " + root.scrollWidth + " " + wide.join(" ");
      };
      </script>
      """;

  @TempDir private Path directory;

  private Path write(String name, String html) throws IOException {
    return Files.writeString(directory.resolve(name), html, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"390, all", "320, all", "390, hostile", "1280, all"})
  void nothingIsWiderThanThePage(int width, String name) throws Exception {
    Chromium chromium = Chromium.require();
    List<Result> results = name.equals("all") ? SampleResults.all() : SampleResults.read(name);
    String page = SampleResults.page(results).replace("&", "&amp;").replace("\"", "&quot;");
    String shown = chromium.open(write("frame.html", FRAME.formatted(width, page)), directory);
    String measured = shown.replaceAll("(?s).*<pre id=\"wide\">(.*?)</pre>.*", "$1");
    assertThat(measured).isEqualTo(width + " " + width + " ");
  }

  @Test
  void scriptAddsASearchAndNothingElseRuns() throws Exception {
    Chromium chromium = Chromium.require();
    String page = SampleResults.page(SampleResults.read("hostile"));
    assertThat(page).contains("<label hidden>Find");
    String opened = chromium.open(write("hostile.html", page), directory);
    assertThat(opened).contains("<label>Find");
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
