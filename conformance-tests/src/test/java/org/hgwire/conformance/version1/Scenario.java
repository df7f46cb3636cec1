// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One transcript of version 1.
 *
 * @param name the name of the transcript
 * @param repository what is served: {@code wire}, {@code heads} or {@code empty}
 * @param what what is done
 * @param steps does it
 */
record Scenario(String name, String repository, String what, Consumer<RecordingSession> steps) {
  private static final String NULL = "0".repeat(40);

  /** Returns all of them. */
  static List<Scenario> all() {
    return List.of(
        new Scenario("clone", "wire", "clones, of all and of parts", Scenario::clones),
        new Scenario("pull", "wire", "pulls into clones of a part", Scenario::pulls),
        new Scenario("incoming", "wire", "incoming and outgoing changesets", Scenario::incoming),
        new Scenario("identify", "wire", "identifies revisions by every name", Scenario::identify),
        new Scenario("errors", "wire", "what the server refuses", Scenario::errors),
        new Scenario("requests", "wire", "requests that no hg sends today", Scenario::requests),
        new Scenario("heads", "heads", "a repository of 40 heads that publishes", Scenario::heads),
        new Scenario("empty", "empty", "an empty repository", Scenario::empty));
  }

  private static void clones(RecordingSession session) {
    session.hg("clone", "-U", "@", "all");
    session.hg("clone", "-U", "-r", session.node("5"), "@", "node");
    session.hg("clone", "-U", "-r", "3", "@", "number");
    session.hg("clone", "-U", "@#stable", "branch");
    session.hg("--config", "devel.legacy.exchange=bundle1", "clone", "-U", "@", "bundle1");
  }

  private static void pulls(RecordingSession session) {
    Path part = session.local("part", "-r", "4");
    session.hg(part, "pull", "-r", "stable", "@");
    session.hg(part, "pull", "-r", "v1.0", "@");
    session.hg(part, "pull", "-r", session.node("9").substring(0, 12), "@");
    session.hg(part, "pull", "-B", "main", "@");
    session.hg(part, "pull", "-b", "closed one", "@");
    session.hg(part, "pull", "@");
    session.hg(part, "pull", "@");
    Path old = session.local("old", "-r", "1");
    session.hg(old, "--config", "devel.legacy.exchange=bundle1", "pull", "@");
    Path other = session.local("other", "-r", "10");
    session.hg(other, "--config", "experimental.changegroup3=true", "pull", "@");
    Path own = session.local("own", "-r", "7", "-r", "9");
    commit(session, own);
    session.hg(own, "pull", "@");
  }

  private static void commit(RecordingSession session, Path clone) {
    session.run(clone, "update", "-q", "9");
    session.run(clone, "bookmark", "-q", "own");
    for (int i = 0; i < 3; i++) {
      session.run(clone, "branch", "-q", "own " + i);
      session.run(clone, "commit", "-q", "-d", "2000 0", "-u", "Ada", "-m", "own " + i);
    }
  }

  private static void incoming(RecordingSession session) {
    Path part = session.local("part", "-r", "4");
    session.hg(part, "incoming", "@");
    session.hg(part, "incoming", "-r", "stable", "@");
    session.hg(part, "incoming", "-B", "@");
    session.hg(part, "outgoing", "@");
    Path all = session.local("all");
    session.hg(all, "incoming", "@");
    session.hg(all, "incoming", "-B", "@");
    session.hg(all, "outgoing", "@");
    Path own = session.local("own", "-r", "7", "-r", "9");
    commit(session, own);
    session.hg(own, "outgoing", "@");
    session.hg(own, "outgoing", "-B", "@");
  }

  private static void identify(RecordingSession session) {
    session.hg("identify", "@");
    for (String name :
        List.of(
            "tip", "null", ".", "main", "mark on stable", "main@elsewhere", "v1.0", "3", "-1")) {
      session.hg("identify", "-r", name, "@");
    }
    for (String name :
        List.of("14", "99", "-15", "-16", "-99", "stable", "closed one", "default")) {
      session.hg("identify", "-r", name, "@");
    }
    session.hg("identify", "-r", session.node("4"), "@");
    session.hg("identify", "-r", session.node("4").substring(0, 12), "@");
    session.hg("identify", "-r", NULL, "@");
  }

  private static void errors(RecordingSession session) {
    for (String name : List.of("nothing", "11", "12", "0000", "a b=c;d,e:f", "hidden-by-phase")) {
      session.hg("identify", "-r", name, "@");
    }
    session.hg("identify", "-r", session.node("11"), "@");
    session.hg("identify", "-r", session.node("12"), "@");
    session.hg("identify", "-r", session.node("12").substring(0, 12), "@");
    Path part = session.local("part", "-r", "4");
    session.hg(part, "pull", "-r", session.node("11"), "@");
    session.hg(part, "pull", "-B", "nothing", "@");
    session.hg(part, "pull", "-b", "nothing", "@");
    session.hg("clone", "-U", "-r", "nothing", "@", "none");
  }

  private static void requests(RecordingSession session) {
    session.request("GET", "?cmd=capabilities", "");
    session.request("GET", "?cmd=lookup&key=tip", "");
    session.request("GET", "?cmd=lookup", "", "X-HgArg-1", "ke", "X-HgArg-2", "y=tip");
    session.request("GET", "?cmd=lookup", "", "X-HgArg-1", "key=mark+on%20stable");
    session.request("GET", "?cmd=lookup", "", "X-HgArg-1", "key=tip&unknown=argument");
    session.request("POST", "?cmd=lookup", "key=tip", "X-HgArgs-Post", "7");
    session.request("GET", "?cmd=heads", "");
    session.request("GET", "?cmd=heads", "", "X-HgProto-1", "0.1 0.2 comp=zstd,zlib,none");
    session.request("GET", "?cmd=branchmap", "");
    session.request("GET", "?cmd=known", "", "X-HgArg-1", "nodes=");
    String nodes = String.join("+", session.node("0"), session.node("11"), session.node("12"));
    session.request("GET", "?cmd=known", "", "X-HgArg-1", "nodes=" + nodes + "+" + NULL);
    for (String space : List.of("bookmarks", "phases", "namespaces", "obsolete", "nonsense")) {
      session.request("GET", "?cmd=listkeys", "", "X-HgArg-1", "namespace=" + space);
    }
    session.request("GET", "?cmd=batch", "", "X-HgArg-1", "cmds=heads+%3Bknown+nodes%3D");
    session.request("GET", "?cmd=batch", "", "X-HgArg-1", "cmds=branchmap+%3Blookup+key%3Da%3Ab");
    session.request(
        "GET", "?cmd=batch", "", "X-HgArg-1", "cmds=lookup+key%3Dx%3Aey%3Asz%3Aoq%3Acr");
    session.request("GET", "?cmd=batch", "", "X-HgArg-1", "cmds=listkeys+namespace%3Dbookmarks");
    session.request("GET", "?cmd=clonebundles", "");
    session.request("GET", "?cmd=nonsense", "");
    session.request("GET", "?cmd=lookup", "");
    bundles(session);
  }

  private static void bundles(RecordingSession session) {
    String head = session.node("13");
    String common = session.node("4");
    for (String media : List.of("0.1", "0.2", "0.1 0.2 comp=zlib", "0.1 0.2 comp=none")) {
      bundle(session, media, "common=" + NULL + "&heads=" + head);
    }
    String media = "0.1 0.2 comp=none";
    String range = "common=" + common + "&heads=" + head;
    for (String versions : List.of("01", "02", "01%252C02", "01%252C02%252C03", "03", "09")) {
      bundle(
          session,
          media,
          range + "&bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D" + versions);
    }
    String caps = "&bundlecaps=HG20%2Cbundle2%3DHG20%250Abookmarks%250Aphases%253Dheads";
    bundle(session, media, range + caps + "&cg=0&bookmarks=1&phases=1");
    bundle(session, media, range + caps + "&cg=0&listkeys=bookmarks%2Cphases%2Cnamespaces");
    bundle(session, media, range + caps + "&cg=1&obsmarkers=1&cbattempted=1");
    bundle(session, media, range);
    bundle(session, media, "common=" + NULL);
    bundle(session, media, "heads=" + session.node("3") + "+" + session.node("14"));
    bundle(session, media, "common=" + head + "&heads=" + head + caps);
    bundle(session, media, "common=" + "12".repeat(20) + "&heads=" + head);
    bundle(session, media, "common=" + NULL + "&heads=" + "12".repeat(20));
    bundle(session, media, "common=" + NULL + "&heads=" + session.node("11"));
    bundle(session, media, "common=" + NULL + "&heads=" + session.node("12"));
    bundle(session, media, "common=" + NULL + "&heads=nonsense");
    bundle(session, media, "common=" + NULL + "&heads=" + NULL + caps);
  }

  private static void bundle(RecordingSession session, String media, String arguments) {
    byte[] bytes = arguments.getBytes(StandardCharsets.US_ASCII);
    session.request(
        "GET",
        "?cmd=getbundle",
        "",
        "X-HgArg-1",
        new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.US_ASCII),
        "X-HgProto-1",
        media);
  }

  private static void heads(RecordingSession session) {
    session.hg("clone", "-U", "@", "all");
    Path part = session.local("part", "-r", "20");
    session.hg(part, "incoming", "@");
    session.hg(part, "pull", "-r", session.node("30"), "@");
    session.hg(part, "pull", "@");
    session.hg(part, "pull", "@");
  }

  private static void empty(RecordingSession session) {
    session.hg("clone", "-U", "@", "none");
    Path none = session.local("own");
    session.hg(none, "incoming", "@");
    session.hg(none, "pull", "@");
    session.hg(none, "pull", "-B", "nothing", "@");
    session.hg("identify", "@");
    session.hg("identify", "-r", "null", "@");
    session.hg("identify", "-r", "0", "@");
    session.hg("identify", "-r", "default", "@");
    session.request("GET", "?cmd=branchmap", "");
    session.request("GET", "?cmd=listkeys", "", "X-HgArg-1", "namespace=phases");
  }
}
