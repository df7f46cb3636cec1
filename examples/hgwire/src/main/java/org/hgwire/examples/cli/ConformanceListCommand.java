// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hgwire.conformance.cases.CaseCatalog;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.cases.SuiteCase;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance list}: prints the cases. */
@Command(
    name = "list",
    description = "Print the cases: level, id and title.",
    mixinStandardHelpOptions = true)
final class ConformanceListCommand implements Callable<Integer> {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Only the cases of this profile. Repeatable.")
  private List<String> profiles = new ArrayList<>();

  @ArgGroup private Form form = new Form();

  @Spec private CommandSpec spec;

  /** How the cases are printed. */
  private static final class Form {
    @Option(names = "--markdown", description = "Print tables in Markdown, with what each cites.")
    private boolean markdown;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Profile profile : selected()) {
      List<? extends SuiteCase> cases = CaseCatalog.all(profile);
      if (form.markdown) {
        out.println("## " + profile.text() + "\n");
        out.println("| case | level | what is right | text |\n|---|---|---|---|");
      } else if (!form.json) {
        out.println(profile.text() + ": " + cases.size() + " cases");
      }
      cases.forEach(next -> print(out, profile, next));
      if (!form.json) {
        out.println();
      }
    }
    out.flush();
    return 0;
  }

  private List<Profile> selected() {
    return profiles.isEmpty()
        ? List.of(Profile.values())
        : profiles.stream().map(Profile::named).distinct().toList();
  }

  private void print(PrintWriter out, Profile profile, SuiteCase next) {
    if (form.markdown) {
      out.println(
          "| `"
              + next.id()
              + "` | "
              + next.level().text()
              + " | "
              + cell(next.title())
              + " | "
              + (next.citation() == null
                  ? ""
                  : next.citation().document() + ": " + cell(next.citation().sentence()))
              + " |");
    } else if (form.json) {
      CborMap.builder()
          .put("profile", ByteString.utf8(profile.text()))
          .put("id", ByteString.utf8(next.id()))
          .put("level", ByteString.utf8(next.level().text()))
          .put("title", ByteString.utf8(next.title()))
          .build()
          .accept(new JsonWriter(out))
          .println();
    } else {
      out.printf(Locale.ROOT, "  %-10s %-55s %s%n", next.level().text(), next.id(), next.title());
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
