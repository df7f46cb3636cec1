// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;

/** Faults in the discovery commands of version 1, in its batches, and in odd requests. */
final class Version1CommandMutants {
  private static final String R0 = "d60cdddda2692bdc5684f50fbf6693cc5c7dc378";
  private static final String NODE = "[0-9a-f]{40}";

  private Version1CommandMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>(heads());
    mutants.addAll(known());
    mutants.addAll(lookup());
    mutants.addAll(keys());
    mutants.addAll(branchmap());
    mutants.addAll(batch());
    mutants.addAll(robustness());
    return mutants;
  }

  private static List<Mutant> heads() {
    Version1Mutants list = new Version1Mutants("v1/heads/*");
    list.text("heads", "only one is sent", text -> text.substring(0, 40) + "\n");
    list.text("heads", "each has a line", text -> text.replace(' ', '\n'));
    list.text("heads", "the line feed is missing", String::strip);
    list.refuses(
        "heads: arguments are refused",
        call -> call.command().equals("heads") && call.target().contains("publiconly"));
    return list.list();
  }

  private static List<Mutant> known() {
    Version1Mutants list = new Version1Mutants("v1/known/*");
    list.text(
        "known",
        "results are sorted",
        text -> Arrays.stream(text.split("")).sorted().collect(Collectors.joining()));
    list.argument(
        "known",
        "nodes are a set",
        "nodes",
        nodes -> String.join(" ", new LinkedHashSet<>(List.of(nodes.split(" ")))));
    list.text("known", "everything is known", text -> text.replace('0', '1'));
    list.text("known", "nothing is one zero", text -> text.isEmpty() ? "0" : text);
    list.argument(
        "known",
        "prefixes and names are nodes",
        "nodes",
        nodes -> nodes.matches("d60cdddda269|main|0") ? R0 : nodes);
    list.errors("known: what is no node is known", "malformed|not a node|nodes");
    list.answers("known", "the working directory is known", "nodes", "f{40}", "1");
    return list.list();
  }

  private static List<Mutant> lookup() {
    Version1Mutants list = new Version1Mutants("v1/lookup/*");
    String[] unknown = {
      "nodes",
      NODE,
      "prefixes",
      "[0-9a-f]{5,39}",
      "bookmarks",
      "main|work",
      "branches",
      "stable",
      "tags",
      "v1\\.0",
      "numbers",
      "\\d{1,3}"
    };
    for (int i = 0; i < unknown.length; i += 2) {
      list.answers(
          "lookup", unknown[i] + " are not looked up", "key", unknown[i + 1], "0 unknown\n");
    }
    list.answers("lookup", "tip is no name", "key", "tip", "0 unknown\n");
    list.answers("lookup", "null is no name", "key", "null", "0 unknown\n");
    list.answers("lookup", "any node is found", "key", NODE, key -> "1 " + key + "\n");
    list.answers("lookup", "expressions are evaluated", "key", ".*[(~].*", "1 " + R0 + "\n");
    list.answers("lookup", "nothing is tip", "key", "", "1 " + R0 + "\n");
    list.text(
        "lookup", "errors have two lines", text -> text.startsWith("0") ? text + "again\n" : text);
    return list.list();
  }

  private static List<Mutant> keys() {
    Version1Mutants list = new Version1Mutants("v1/listkeys/*");
    list.text("listkeys", "keys end at a space", text -> text.replace('\t', ' '));
    list.text("listkeys", "roots of drafts are left out", text -> text.contains("\t1") ? "" : text);
    list.text("listkeys", "an unknown namespace has keys", text -> text.isEmpty() ? "a\tb" : text);
    return list.list();
  }

  private static List<Mutant> branchmap() {
    Version1Mutants list = new Version1Mutants("v1/branchmap/*");
    list.text(
        "branchmap",
        "a branch has one head",
        text -> text.replaceAll("( [0-9a-f]{40})( [0-9a-f]{40})+", "$1"));
    list.text(
        "branchmap",
        "merged branches are left out",
        text ->
            text.lines()
                .filter(line -> !line.startsWith("stable"))
                .collect(Collectors.joining("\n")));
    list.text("branchmap", "names end at a tab", text -> text.replace(' ', '\t'));
    return list.list();
  }

  private static List<Mutant> batch() {
    Version1Mutants list = new Version1Mutants("v1/batch/*");
    list.text(
        "batch",
        "results are in the order of their ends",
        text -> {
          List<String> results = Arrays.asList(text.split(";", -1));
          Collections.reverse(results);
          return String.join(";", results);
        });
    list.text(
        "batch",
        "empty results are left out",
        text ->
            Arrays.stream(text.split(";"))
                .filter(next -> !next.isEmpty())
                .collect(Collectors.joining(";")));
    list.text("batch", "each result ends in a semicolon", text -> text + ";");
    list.text(
        "batch",
        "results are not escaped",
        text -> text.replace(":e", "=").replace(":o", ",").replace(":s", ";").replace(":c", ":"));
    list.text(
        "batch",
        "results are stripped",
        text ->
            Arrays.stream(text.split(";", -1)).map(String::strip).collect(Collectors.joining(";")));
    list.argument(
        "batch",
        "arguments are not unescaped",
        "cmds",
        cmds -> cmds.replaceAll(":([esoc])", ":c$1"));
    list.argument(
        "batch",
        "colons are unescaped first",
        "cmds",
        cmds -> cmds.replace(":ce", ":e").replace(":cs", ":s"));
    list.argument(
        "batch",
        "arguments are unescaped before they are split",
        "cmds",
        cmds -> cmds.replace(":s", ";").replace(":o", ","));
    list.crashes(
        "batch: there are at most five commands",
        call -> call.command().equals("batch") && call.target().split("%3B").length > 5);
    list.crashes(
        "batch: unknown arguments end in an exception", call -> call.target().contains("future"));
    list.errors("batch: unknown commands are left out", "nonsense");
    list.errors("batch: missing arguments are empty", "key.*missing");
    list.errors("batch: streams are texts", "a command with a stream");
    list.errors("batch: commands need no permission", "pushkey|permission");
    list.crashes(
        "batch: batches nest without an end", call -> call.target().contains("cmds=batch"));
    list.crashes(
        "batch: the space is taken for granted", call -> call.target().endsWith("cmds=heads"));
    list.crashes(
        "batch: a command is taken for granted",
        call -> call.target().endsWith("batch") || call.target().endsWith("cmds="));
    list.crashes(
        "batch: the equals sign is taken for granted",
        call -> call.target().contains("lookup+key"));
    return list.list();
  }

  private static List<Mutant> robustness() {
    Version1Mutants list = new Version1Mutants("v1/robustness/*");
    list.crashes("queries have 4 KiB", call -> call.target().length() > 4096);
    list.crashes(
        "header fields have 8 KiB",
        call ->
            call.fields().entries().stream().anyMatch(field -> field.getValue().length() > 8192));
    list.crashes("nodes are hexadecimal", call -> call.target().contains("gggg"));
    list.crashes("texts end at NUL", call -> call.target().contains("%00"));
    list.answers("lookup", "texts end at NUL", "key", "main\0", "1 " + R0 + "\n");
    list.crashes("texts are UTF-8", call -> call.target().contains("%FF%FE"));
    list.answers("lookup", "keys are paths", "key", "\\.\\./.*", "1 root:x:0:0\n");
    list.answers(
        "get_cached_bundle_inline", "any file is a bundle", "path", ".*", "revlogv1\nroot:");
    list.add(
        "errors are pages of HTML",
        Fault.response(
            (call, reply) ->
                Version1Mutants.isError(reply)
                    ? Reply.of(400, "text/html", ByteString.utf8("<script>alert(1)</script>"))
                    : reply));
    list.crashes("X-HgProto is well-formed", call -> call.field("X-HgProto-1").contains(",,"));
    list.crashes("there are few compressions", call -> call.field("X-HgProto-1").contains("x,x,"));
    list.crashes("bodies have 4 KiB", call -> call.body().length() > 4096);
    list.answers("pushkey", "permission to write is not asked for", "key", ".*", "1\n");
    list.answers("unbundle", "any body is a bundle", "heads", ".*", "1\n");
    list.crashes(
        "commands of old are forgotten",
        call -> call.command().equals("between") || call.command().equals("branches"));
    List<Mutant> mutants = new ArrayList<>(list.list());
    mutants.add(
        new Mutant("v1/robustness/cut-*", "a cut body is the last request", new LastCall()));
    return mutants;
  }
}
