// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.nio.file.Path;
import java.util.List;

/** Calls of each of the twelve commands, in the syntax of {@code hg debugwireproto}. */
public final class StandardCalls {
  /** Calls that a server refuses, each for a different reason. */
  public static final List<String[]> REFUSED =
      List.of(
          new String[] {"lookup", "key no such thing"},
          new String[] {
            "changesetdata",
            "revisions eval:[{b'type': b'changesetdagrange', b'roots': [], b'heads': []}]"
          },
          new String[] {"changesetdata", "revisions eval:[{b'type': b'nonsense', b'nodes': []}]"},
          new String[] {"changesetdata", "revisions eval:[]", "fields eval:{b'nonsense'}"},
          new String[] {"listkeys"},
          new String[] {"heads", "nonsense value"},
          new String[] {"known", "nodes eval:[b'short']"},
          new String[] {"filedata", "path no/such/file", "nodes eval:[b'" + "x".repeat(20) + "']"},
          new String[] {"filedata", "path mf", "nodes eval:[b'" + "x".repeat(20) + "']"},
          new String[] {"manifestdata", "tree ", "nodes eval:[b'" + "x".repeat(20) + "']"},
          new String[] {"rawstorefiledata", "files eval:[b'nonsense']"},
          new String[] {"nonsense"});

  private StandardCalls() {}

  /** Returns a call of each of the twelve commands against a repository of debugbuilddag. */
  public static List<String[]> all(Hg hg, Path repository) {
    String tip = hg.run(repository, "log", "-r", "tip", "-T", "{node}");
    String root = hg.run(repository, "log", "-r", "0", "-T", "{node}");
    String manifest = hg.run(repository, "log", "-r", "1", "-T", "{manifest % '{node}'}");
    String file = hg.run(repository, "debugdata", "-m", "0").split("\0", 3)[1].substring(0, 40);
    String range =
        "[{b'type': b'changesetdagrange', b'roots': ["
            + bytes(root)
            + "], b'heads': ["
            + bytes(tip)
            + "]}]";
    String explicit = "[{b'type': b'changesetexplicit', b'nodes': [" + bytes(root) + "]}]";
    return List.of(
        new String[] {"branchmap"},
        new String[] {"capabilities"},
        new String[] {
          "changesetdata",
          "revisions eval:" + range,
          "fields eval:{b'bookmarks', b'parents', b'phase', b'revision'}"
        },
        new String[] {
          "filedata",
          "path mf",
          "nodes eval:[" + bytes(file) + "]",
          "fields eval:{b'linknode', b'parents', b'revision'}",
          "haveparents eval:False"
        },
        new String[] {
          "filesdata",
          "revisions eval:" + explicit,
          "fields eval:{b'linknode', b'parents', b'revision'}",
          "haveparents eval:True"
        },
        new String[] {"heads", "publiconly eval:False"},
        new String[] {"heads", "publiconly eval:True"},
        new String[] {"known", "nodes eval:[" + bytes(tip) + ", " + bytes("ab".repeat(20)) + "]"},
        new String[] {"listkeys", "namespace bookmarks"},
        new String[] {"listkeys", "namespace phases"},
        new String[] {"listkeys", "namespace namespaces"},
        new String[] {"lookup", "key mark"},
        new String[] {
          "manifestdata",
          "tree ",
          "nodes eval:[" + bytes(manifest) + "]",
          "fields eval:{b'parents', b'revision'}",
          "haveparents eval:True"
        },
        new String[] {"pushkey", "namespace bookmarks", "key other", "old ", "new " + tip},
        new String[] {"rawstorefiledata", "files eval:[b'changelog']"});
  }

  /** Returns the Python literal of bytes given in hexadecimal. */
  public static String bytes(String hex) {
    StringBuilder literal = new StringBuilder("b'");
    for (int i = 0; i < hex.length(); i += 2) {
      literal.append("\\x").append(hex, i, i + 2);
    }
    return literal.append('\'').toString();
  }
}
