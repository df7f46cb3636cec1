// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.hgwire.conformance.suite.mutants.CommandCalls.with;
import static org.hgwire.conformance.suite.mutants.CommandCalls.without;
import static org.hgwire.conformance.suite.mutants.CommandMutants.asked;
import static org.hgwire.conformance.suite.mutants.CommandMutants.object;
import static org.hgwire.conformance.suite.mutants.CommandMutants.responds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** Faults in the commands that serve changesets, manifests and files. */
final class DataMutants {
  /** The commands that do. */
  private static final String DATA = "[a-z]+data";

  private DataMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    fields(mutants);
    revisions(mutants);
    files(mutants);
    return mutants;
  }

  private static void fields(List<Mutant> mutants) {
    String[] fields = {
      "node",
      "parents",
      "phase",
      "bookmarks",
      "linknode",
      "fieldsfollowing",
      "totalitems",
      "totalpaths",
      "path"
    };
    for (String field : fields) {
      object(mutants, DATA, "the field " + field + " is left out", map -> without(map, field));
    }
    object(
        mutants,
        DATA,
        "parents are in the wrong order",
        map ->
            map.get("parents") instanceof CborArray parents
                ? with(map, "parents", new CborArray(reversed(parents.items())))
                : map);
    object(
        mutants,
        DATA,
        "a null parent is left out",
        map ->
            map.get("parents") instanceof CborArray parents
                ? with(
                    map,
                    "parents",
                    new CborArray(
                        parents.items().stream()
                            .filter(
                                next ->
                                    !next.equals(new CborBytes(ByteString.copyOf(new byte[20]))))
                            .toList()))
                : map);
    object(
        mutants,
        DATA,
        "every changeset is public",
        map -> map.get("phase") == null ? map : with(map, "phase", CborBytes.utf8("public")));
    object(
        mutants,
        DATA,
        "every changeset is a draft",
        map -> map.get("phase") == null ? map : with(map, "phase", CborBytes.utf8("draft")));
    object(
        mutants,
        "changesetdata",
        "changesets without bookmarks have none of them",
        map ->
            map.get("node") == null || map.get("bookmarks") != null
                ? map
                : with(map, "bookmarks", CborArray.of()));
    object(
        mutants,
        DATA,
        "fields are sent that nobody asked for",
        map ->
            map.get("node") == null || map.get("parents") != null
                ? map
                : with(map, "parents", CborArray.of()));
    responds(
        mutants,
        DATA,
        "texts are left out",
        objects -> objects.stream().filter(next -> !(next instanceof CborBytes)).toList());
    responds(
        mutants,
        DATA,
        "texts end in a line feed",
        objects ->
            objects.stream()
                .map(
                    next ->
                        next instanceof CborBytes text
                            ? CborBytes.utf8(text.value().utf8() + "\n")
                            : next)
                .map(CborValue.class::cast)
                .toList());
    asked(
        mutants,
        DATA,
        "fields in an array are not read",
        arguments ->
            arguments.get("fields") instanceof CborArray
                ? without(arguments, "fields")
                : arguments);
  }

  private static void revisions(List<Mutant> mutants) {
    responds(mutants, DATA, "revisions come in any order", DataMutants::backwards);
    responds(
        mutants,
        DATA,
        "the last object is left out",
        objects -> objects.subList(0, objects.size() - 1));
    responds(mutants, DATA, "an object is sent twice", CommandMutants::doubled);
    for (String key : List.of("heads", "nodes")) {
      asked(
          mutants,
          DATA,
          "of " + key + " of a specifier only the first is looked at",
          arguments ->
              specifiers(
                  arguments,
                  map ->
                      map.get(key) instanceof CborArray all && all.items().size() > 1
                          ? with(map, key, new CborArray(all.items().subList(0, 1)))
                          : map));
    }
    asked(
        mutants,
        DATA,
        "of several specifiers only the first is looked at",
        arguments ->
            arguments.get("revisions") instanceof CborArray all && all.items().size() > 1
                ? with(arguments, "revisions", new CborArray(all.items().subList(0, 1)))
                : arguments);
    asked(
        mutants,
        DATA,
        "roots of ranges are not looked at",
        arguments ->
            specifiers(
                arguments,
                map -> map.get("roots") == null ? map : with(map, "roots", CborArray.of())));
    asked(
        mutants,
        DATA,
        "depths are one less",
        arguments ->
            specifiers(
                arguments,
                map ->
                    map.get("depth") == null
                        ? map
                        : with(
                            without(map, "depth"), "type", CborBytes.utf8("changesetexplicit"))));
  }

  private static void files(List<Mutant> mutants) {
    asked(
        mutants, DATA, "parents are never assumed", arguments -> without(arguments, "haveparents"));
    asked(
        mutants,
        DATA,
        "parents are always assumed",
        arguments ->
            arguments.get("fields") == null && arguments.get("pathfilter") == null
                ? arguments
                : with(arguments, "haveparents", CborBoolean.of(true)));
    asked(
        mutants,
        "filesdata",
        "filters are not looked at",
        arguments -> without(arguments, "pathfilter"));
    for (String key : List.of("include", "exclude")) {
      asked(
          mutants,
          "filesdata",
          "of a filter " + key + " is not looked at",
          arguments ->
              arguments.get("pathfilter") instanceof CborMap filter
                  ? with(arguments, "pathfilter", without(filter, key))
                  : arguments);
    }
  }

  private static CborMap specifiers(CborMap arguments, UnaryOperator<CborMap> change) {
    return arguments.get("revisions") instanceof CborArray all
        ? with(
            arguments,
            "revisions",
            new CborArray(
                all.items().stream()
                    .map(next -> next instanceof CborMap map ? change.apply(map) : next)
                    .toList()))
        : arguments;
  }

  private static List<CborValue> reversed(List<CborValue> values) {
    List<CborValue> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<CborValue> backwards(List<CborValue> objects) {
    return objects.size() < 3
        ? objects
        : Stream.concat(
                objects.stream().limit(1), reversed(objects.subList(1, objects.size())).stream())
            .toList();
  }
}
