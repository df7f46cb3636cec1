// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.hgwire.conformance.suite.mutants.CommandCalls.with;
import static org.hgwire.conformance.suite.mutants.CommandCalls.without;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** Faults in the commands of version 2: in what they are asked, and in what they respond. */
final class CommandMutants {
  private static final String CASES = "command/*";

  private CommandMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    RequestMutants.unchecked(
        mutants,
        CASES,
        "unknown arguments are dropped",
        "has no argument",
        "missing arguments have defaults",
        "lacks required arguments",
        "the types of arguments are not checked",
        "not of the type",
        "nodes are of any length",
        "holds a node of",
        "nodes of any type are skipped",
        "nodes is an? (integer|byte string)",
        "unknown fields are ignored",
        "not one of the valid");
    RequestMutants.unchecked(
        mutants, "command/lookup/*", "unknown revisions are null", "unknown revision '");
    RequestMutants.unchecked(
        mutants,
        "command/*s*data/*",
        "unknown changesets are skipped",
        "the changeset [0-9a-f]{40} is unknown",
        "specifiers of other types are skipped",
        "the type no-such-type is unknown",
        "parts of specifiers may be missing",
        "revision specifier: [a-z]+ is missing",
        "specifiers need not be maps",
        "revision specifier: it is",
        "depths are of any type",
        "revision specifier: depth is");
    RequestMutants.unchecked(
        mutants,
        "command/manifestdata/*",
        "unknown manifests are skipped",
        "the manifest has no revision",
        "trees are not looked at",
        "the manifest of src has no revision");
    RequestMutants.unchecked(
        mutants,
        "command/filedata/*",
        "unknown revisions of files are skipped",
        "the file \".*\" has no revision");
    RequestMutants.unchecked(
        mutants,
        "command/filesdata/*",
        "patterns of paths are of any type",
        "path filter: .* not a rule",
        "lists of patterns need not be arrays",
        "path filter: .* not an array");
    RequestMutants.unchecked(
        mutants,
        "command/pushkey/*",
        "commands that write need no permission",
        "permission denied");
    RequestMutants.unchecked(
        mutants,
        "command/rawstorefiledata/*",
        "the raw files of a store with secrets are served",
        "secret or hidden changesets");
    values(mutants);
    return mutants;
  }

  private static void values(List<Mutant> mutants) {
    object(
        mutants,
        "branchmap",
        "a branch has one head",
        map -> mapped(map, heads -> new CborArray(((CborArray) heads).items().subList(0, 1))));
    object(
        mutants,
        "capabilities",
        "the media types of frames are missing",
        map -> without(map, "framingmediatypes"));
    object(
        mutants,
        "capabilities",
        "the prefixes of path filters are missing",
        map -> without(map, "pathfilterprefixes"));
    object(mutants, "capabilities", "the commands are missing", map -> without(map, "commands"));
    responds(mutants, "capabilities", "the capabilities are sent twice", CommandMutants::doubled);
    responds(
        mutants,
        "heads",
        "only one head is sent",
        objects -> List.of(new CborArray(((CborArray) objects.get(0)).items().subList(0, 1))));
    asked(
        mutants,
        "heads",
        "publiconly is not looked at",
        arguments -> without(arguments, "publiconly"));
    asked(
        mutants,
        "heads",
        "publiconly is true whatever it is",
        arguments ->
            arguments.get("publiconly") == null
                ? arguments
                : with(arguments, "publiconly", CborBoolean.of(true)));
    responds(
        mutants,
        "known",
        "what is known is not in order",
        objects ->
            List.of(
                CborBytes.utf8(
                    new StringBuilder(((CborBytes) objects.get(0)).value().utf8() + "0")
                        .reverse()
                        .toString())));
    responds(
        mutants,
        "known",
        "manifests are known",
        objects ->
            List.of(CborBytes.utf8(((CborBytes) objects.get(0)).value().utf8().replace('0', '1'))));
    object(mutants, "listkeys", "an entry is left out", CommandMutants::withoutFirst);
    object(
        mutants,
        "listkeys",
        "an unknown namespace has entries",
        map -> map.size() == 0 ? with(map, "key", CborBytes.utf8("value")) : map);
    responds(
        mutants,
        "lookup",
        "the node is hexadecimal",
        objects -> List.of(CborBytes.utf8(((CborBytes) objects.get(0)).value().hex())));
  }

  static List<CborValue> doubled(List<CborValue> objects) {
    List<CborValue> doubled = new ArrayList<>(objects);
    doubled.add(objects.get(objects.size() - 1));
    return doubled;
  }

  private static CborMap mapped(CborMap map, UnaryOperator<CborValue> change) {
    CborMap.Builder builder = CborMap.builder();
    map.entries().forEach(entry -> builder.put(entry.getKey(), change.apply(entry.getValue())));
    return builder.build();
  }

  private static CborMap withoutFirst(CborMap map) {
    CborMap.Builder builder = CborMap.builder();
    map.entries().stream().skip(1).forEach(entry -> builder.put(entry.getKey(), entry.getValue()));
    return builder.build();
  }

  static void object(
      List<Mutant> mutants, String command, String name, UnaryOperator<CborMap> change) {
    responds(
        mutants,
        command,
        name,
        objects ->
            objects.stream()
                .map(next -> next instanceof CborMap map ? change.apply(map) : next)
                .toList());
  }

  static void responds(
      List<Mutant> mutants, String command, String name, UnaryOperator<List<CborValue>> change) {
    add(
        mutants,
        command,
        name,
        new WrongObjects(command, (arguments, objects) -> change.apply(objects)));
  }

  static void asked(
      List<Mutant> mutants, String command, String name, UnaryOperator<CborMap> change) {
    add(mutants, command, name, new WrongArguments(command, change));
  }

  private static void add(List<Mutant> mutants, String command, String name, Fault fault) {
    String cases = "command/" + command.replace("[a-z]+", "*") + "/*";
    mutants.add(new Mutant(cases, name, fault));
  }
}
