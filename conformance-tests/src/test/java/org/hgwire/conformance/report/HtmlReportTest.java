// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hgwire.conformance.cases.Citation;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private static ResultCase of(String id, Verdict verdict, ExchangeLines... exchanges) {
    return new ResultCase(id, "", "", verdict, 0, null, "", "", List.of(exchanges));
  }

  private static Result of(String profile, String peer, ResultCase... cases) {
    return new Result(profile, peer, "", Map.of(), List.of(cases));
  }

  private static String page(Result... results) throws IOException {
    return SampleResults.page(List.of(results));
  }

  private static List<String> all(String page, String expression) {
    return Pattern.compile(expression)
        .matcher(page)
        .results()
        .map(found -> found.group(found.groupCount()))
        .toList();
  }

  /** Returns the words that a screen reader says in the cells of a page's rows. */
  private static List<String> cells(String page) {
    return all(page, "<td class=\"cell\">.*?<span class=\"spoken\">([^<]*)</span>");
  }

  @Test
  void hostileTextIsText() throws IOException {
    String page = SampleResults.page(SampleResults.read("hostile"));
    assertThat(all(page, "<script\\b")).hasSize(1);
    assertThat(all(page, "<(?:img|title|style|i|b onclick)\\b."))
        .containsExactly("<title>", "<style>");
    assertThat(all(page, "<svg[^>]*onload")).isEmpty();
    assertThat(all(page, "<[^>]*\\son[a-z]+=")).isEmpty();
    assertThat(all(page, "href=\"([^#][^\"]*)\"")).isEmpty();
    assertThat(all(page, "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}&&[^\\n]]")).isEmpty();
    assertThat(page)
        .contains("&lt;/title&gt;&lt;script&gt;alert('peer')&lt;/script&gt;\\x1b[31m\\u202eevil")
        .contains("{{script}} {{nosuch}} $1 \\1")
        .contains("&lt;img src=x onerror=alert(1)&gt;");
  }

  @Test
  void pageLoadsNothing() throws IOException {
    String page = SampleResults.page(SampleResults.all());
    assertThat(all(page, "(?:src|href|action|data|poster)=\"([^#][^\"]*)\"")).isEmpty();
    assertThat(page).doesNotContain("url(", "@import", "http://", "https://");
  }

  @Test
  void everyLinkLeadsToOneElement() throws IOException {
    String page = SampleResults.page(SampleResults.all());
    List<String> ids = all(page, "\\sid=\"([^\"]*)\"");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(all(page, "href=\"#([^\"]*)\"")).hasSizeGreaterThan(15).allMatch(ids::contains);
    assertThat(all(page, "aria-labelledby=\"([^\"]*)\""))
        .hasSizeGreaterThan(5)
        .allMatch(ids::contains);
  }

  @Test
  void rowHasACellForEachImplementation() throws IOException {
    String page =
        page(
            of("v1-server", "ours", of("a/one", Verdict.PASS), of("a/two", Verdict.SKIP)),
            of("v1-server", "theirs", of("a/two", Verdict.EXCLUDED), of("b", Verdict.PASS)));
    assertThat(cells(page))
        .containsExactly(
            "pass", "not in this result", "skip", "excluded", "not in this result", "pass");
    assertThat(all(page, "<th scope=\"col\"><span class=\"spoken\">([^<]*)"))
        .containsExactly("Case", "ours", "theirs", "Case", "ours", "theirs");
    assertThat(all(page, "<summary><span class=\"grow\"><b>([^<]*)")).containsExactly("a", "b");
  }

  @Test
  void profilesAreApart() throws IOException {
    String page =
        page(
            of("v2-server", "x", of("a", Verdict.PASS)),
            of("v1-server", "x", of("a", Verdict.FAIL)));
    assertThat(all(page, "<h2[^>]*>([^<]*)")).containsExactly("v2-server", "v1-server");
    assertThat(cells(page)).containsExactly("pass", "fail");
    assertThat(page)
        .contains("1 implementation, 2 profiles and 2 cases: 1 failure.")
        .contains("No case of this profile failed.")
        .contains("What failed in v1-server");
  }

  @Test
  void foldedGroupSaysItsWorst() throws IOException {
    String page =
        page(
            of("p", "x", of("a/1", Verdict.PASS), of("a/2", Verdict.FAIL), of("a/3", Verdict.FAIL)),
            of("p", "y", of("a/1", Verdict.SKIP), of("a/2", Verdict.PASS)),
            of("p", "z"));
    assertThat(all(page, "<span class=\"spoken\">([^<]*)\\. </span>"))
        .containsExactly("x: 1 pass, 2 fail", "y: 1 pass, 1 skip", "z: no case");
    assertThat(all(page, "<summary>.*?</summary>").get(1)).contains(">✗2<", ">✓<");
  }

  @Test
  void onlyFailuresHaveFrames() throws IOException {
    ExchangeLines exchange =
        new ExchangeLines(List.of("> GET /"), List.of("< 200"), "", "", List.of());
    for (Verdict verdict : Verdict.values()) {
      String page = page(of("p", "x", of("a", verdict, exchange)));
      assertThat(page.contains("&gt; GET /")).as(verdict.word()).isEqualTo(verdict.isFailure());
    }
  }

  @Test
  void wrongBytesAreMarked() throws IOException {
    ExchangeLines exchange =
        new ExchangeLines(
            List.of("> GET /"),
            List.of("< 200", "<x 0011223344"),
            "nothing",
            "something",
            List.of(
                new Mark(Mark.Side.RECEIVED, 1, 9, 11),
                new Mark(Mark.Side.RECEIVED, 1, 3, 5),
                new Mark(Mark.Side.RECEIVED, 1, 4, 7),
                new Mark(Mark.Side.RECEIVED, 1, 13, 99),
                new Mark(Mark.Side.RECEIVED, 1, -3, 0),
                new Mark(Mark.Side.RECEIVED, 7, 0, 1)));
    String page = page(of("p", "x", of("a", Verdict.FAIL, exchange)));
    assertThat(all(page, "<mark>.*?</span>(.*?)<span")).containsExactly("00", "11", "33");
    String shown =
        Pattern.compile("<span class=\"spoken\">[^<]*</span>").matcher(page).replaceAll("");
    assertThat(shown)
        .contains("&lt;x <mark>00</mark><mark>11</mark>22<mark>33</mark>44</code>")
        .contains("<code>&gt; GET /</code>");
  }

  @Test
  void caseIsDescribedByTheFirstResultThatDoes() throws IOException {
    ResultCase bare = of("a", Verdict.FAIL);
    Citation citation = new Citation("wireprotocolrpc", "It is so.");
    ResultCase full =
        new ResultCase("a", "A title", "MUST", Verdict.FAIL, 0, citation, "", "", List.of());
    ResultCase other =
        new ResultCase("a", "Other", "SHOULD", Verdict.PASS, 0, null, "", "", List.of());

    for (List<Result> results :
        List.of(
            List.of(of("p", "x", bare), of("p", "y", full), of("p", "z", other)),
            List.of(of("p", "y", full), of("p", "x", bare), of("p", "z", other)))) {
      String page = SampleResults.page(results);
      assertThat(page).contains("A title", "MUST", "It is so.");
      assertThat(page).doesNotContain("Other", "SHOULD", "no text of the protocol");
    }
  }

  @Test
  void failureSaysWhatItBreaks() throws IOException {
    String page = SampleResults.page(SampleResults.all());
    String article =
        Pattern.compile("<article.*?</article>", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .filter(each -> each.contains("frame/length-24-bit"))
            .findFirst()
            .orElseThrow();
    assertThat(article)
        .contains(
            "The length of the frame payload is expressed as an unsigned 24 bit little endian")
        .contains("<cite>wireprotocolrpc</cite>")
        .contains("<b>Likely cause.</b> The third byte of the length")
        .contains("known: the third byte of a length counts 16,384 times");
  }

  @Test
  void whatWasLeftOutHasItsReason() throws IOException {
    String page = SampleResults.page(SampleResults.all());
    assertThat(page)
        .contains("<b>hgwire 0.1.0</b> the peer does not offer rawstorefiledata")
        .contains("&quot;authorization&quot; : &quot;(redacted)&quot;".replace("&quot;", "\""));
    assertThat(page(of("p", "x", of("a", Verdict.SKIP)))).contains("<b>x</b> without a reason");
  }

  @Test
  void noResultsAreAPageToo() throws IOException {
    assertThat(page()).contains("0 implementations, 0 profiles and 0 cases: no failure.");
  }
}
