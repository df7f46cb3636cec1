// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Faults in the bundles of version 1, and in manifests of clone bundles. */
final class BundleMutants {
  private static final String EVERYTHING =
      "HG20,bundle2=HG20%0Abookmarks%0Achangegroup%3D01%2C02%2C03%0Alistkeys%0Aphases%3Dheads";

  private BundleMutants() {}

  static List<Mutant> all() {
    Version1Mutants list = new Version1Mutants("v1/getbundle/*");
    for (String key :
        List.of("heads", "common", "bundlecaps", "listkeys", "phases", "bookmarks", "cg")) {
      changes(list, "the argument " + key + " is not looked at", map -> map.remove(key));
    }
    changes(list, "every client has every capability", map -> map.put("bundlecaps", EVERYTHING));
    changes(list, "capabilities are all or none", map -> map.replace("bundlecaps", EVERYTHING));
    argument(
        list,
        "changegroups are of version 01",
        "bundlecaps",
        value -> value.replaceAll("changegroup%3D[0-9%C]*", "changegroup%3D01"));
    argument(
        list, "HG20 comes first", "bundlecaps", value -> value.startsWith("HG20") ? value : "");
    changes(list, "cg is false", map -> map.put("cg", "0"));
    changes(list, "cg is true", map -> map.put("cg", "1"));
    argument(list, "one namespace is sent", "listkeys", value -> value.replaceAll(",.*", ""));
    changes(
        list,
        "namespaces come alone",
        map -> {
          if (!"0".equals(map.get("cg"))) {
            map.remove("listkeys");
          }
        });
    changes(
        list,
        "phases and bookmarks are always sent",
        map -> {
          map.put("phases", "1");
          map.put("bookmarks", "1");
        });
    changes(
        list,
        "flags are set if they are there",
        map -> {
          map.replace("phases", "1");
          map.replace("bookmarks", "1");
        });
    argument(list, "only the first head counts", "heads", value -> value.replaceAll(" .*", ""));
    argument(
        list, "only the first common node counts", "common", value -> value.replaceAll(" .*", ""));
    for (String key : List.of("heads", "common")) {
      list.crashes(
          "getbundle: the argument " + key + " is taken for granted",
          call ->
              call.command().equals("getbundle")
                  && Version1Arguments.of(call).getOrDefault(key, "").isEmpty());
    }
    list.refuses(
        "getbundle: unknown capabilities are refused",
        call -> call.target().contains("future") || call.target().contains("C99"));
    list.refuses(
        "getbundle: nothing new is an error",
        call -> {
          Map<String, String> arguments = Version1Arguments.of(call);
          return arguments.containsKey("heads")
              && arguments.get("heads").equals(arguments.get("common"));
        });
    list.crashes(
        "getbundle: capabilities are well-formed", call -> call.target().contains("%25zz"));
    list.crashes(
        "getbundle: common nodes are known",
        call -> Version1Arguments.of(call).getOrDefault("common", "").equals("a".repeat(40)));
    list.errors("getbundle: unknown heads are left out", "unknown|not|malformed|no changeset");
    list.errors("getbundle: versions are 02", "version|changegroup");
    changes(
        list,
        "bookmarks are sent to everybody",
        map -> {
          if (map.containsKey("bookmarks")) {
            map.replace("bundlecaps", EVERYTHING);
          }
        });
    changes(
        list,
        "markers are keys",
        map -> {
          if (map.remove("obsmarkers") != null) {
            map.put("bundlecaps", EVERYTHING);
            map.put("listkeys", "namespaces");
          }
        });
    return list.list();
  }

  private static void argument(
      Version1Mutants list, String name, String key, UnaryOperator<String> change) {
    list.argument("getbundle", name, key, change);
  }

  /** Changes a map of arguments. */
  @FunctionalInterface
  private interface Change {
    void apply(Map<String, String> arguments);
  }

  private static void changes(Version1Mutants list, String name, Change change) {
    list.arguments(
        "getbundle",
        name,
        arguments -> {
          Map<String, String> changed = new LinkedHashMap<>(arguments);
          change.apply(changed);
          return changed;
        });
  }

  static List<Mutant> manifests() {
    Version1Mutants list = new Version1Mutants("clonebundles/*");
    list.refuses(
        "the command is advertised and unknown", call -> call.command().equals("clonebundles"));
    list.text("clonebundles", "the manifest has no entries", text -> "");
    String url = "https://bundles.example.com/full.hg";
    String[] faults = {
      "lines have words without value", url + " BUNDLESPEC=gzip-v2 fast",
      "URLs are paths", "/bundles/full.hg BUNDLESPEC=gzip-v2",
      "URLs have a user", "https://me:secret@example.com/full.hg BUNDLESPEC=gzip-v2",
      "URLs are not encoded", "https://example.com/f\"ull.hg BUNDLESPEC=gzip-v2",
      "attributes are not encoded", url + " BUNDLESPEC=gzip-v2 NAME=<full>",
      "lines end in CR LF", url + " BUNDLESPEC=gzip-v2\r",
      "an attribute is there twice", url + " BUNDLESPEC=gzip-v2 BUNDLESPEC=zstd-v2",
      "an attribute is called URL", url + " BUNDLESPEC=gzip-v2 URL=x",
      "BUNDLESPEC is left out", url,
      "BUNDLESPEC is a type alone", url + " BUNDLESPEC=v2",
      "BUNDLESPEC has names of bundles", url + " BUNDLESPEC=zlib-HG20",
      "bundles of type v1 are of zstd", url + " BUNDLESPEC=zstd-v1",
      "REQUIRESNI is yes", url + " BUNDLESPEC=gzip-v2 REQUIRESNI=yes",
      "REQUIREDRAM is a word", url + " BUNDLESPEC=gzip-v2 REQUIREDRAM=much",
      "lines have any length", url + " BUNDLESPEC=gzip-v2 NAME=" + "x".repeat(8200)
    };
    for (int i = 0; i < faults.length; i += 2) {
      String line = faults[i + 1] + "\n";
      list.text("clonebundles", faults[i], text -> text + line);
    }
    list.text(
        "clonebundles_manifest", "lines have words without value", text -> text + url + " x\n");
    return list.list();
  }
}
