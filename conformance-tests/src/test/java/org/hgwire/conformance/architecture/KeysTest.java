// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.core.ComparableKeys;

/**
 * A peer can choose keys whose hash codes are equal. A hash table stays fast then only if the class
 * of its keys is comparable, and {@code Set.copyOf} and {@code Map.copyOf} never do.
 */
@AnalyzeClasses(
    packages = "org.hgwire",
    importOptions = {ImportOption.DoNotIncludeTests.class, LayersTest.WithoutTestJars.class})
public final class KeysTest {
  /** Keys that are not comparable, and why no peer can choose many of them. */
  private static final Map<String, String> NOT_FROM_PEERS =
      Map.ofEntries(
          entry("java.lang.Class", "the library's own classes"),
          entry("java.lang.Object", "a connection: its hash is that of the object"),
          entry("java.net.Proxy", "the caller's settings"),
          entry("java.net.SocketOption", "constants"),
          entry("java.nio.file.OpenOption", "constants"),
          entry("java.nio.file.Path", "the caller's directories"),
          entry("org.hgwire.client.okhttp.ContentClients$Key", "at most a few clients are kept"),
          entry("org.hgwire.redirects.Cidr", "the host's settings"),
          entry("org.hgwire.redirects.Origin", "the caller's settings"),
          entry("org.hgwire.server.Authorization$Question", "one for each command of the server"),
          entry("org.hgwire.server.http.Place", "its hash is that of the object"),
          entry("org.hgwire.server.servlet.RequestFlow", "its hash is that of the object"),
          entry("org.hgwire.server.store.FileLog", "its hash is that of the object"),
          entry("org.hgwire.server.store.RepositoryLocation", "as many as may be open"));

  /** Classes that copy sets or maps to such tables, and why no peer can choose many of the keys. */
  private static final Map<String, String> COPIES_NOT_FROM_PEERS =
      Map.ofEntries(
          entry("org.hgwire.client.ContentHosts", "the caller's settings"),
          entry("org.hgwire.client.HttpRedirects", "the caller's settings"),
          entry("org.hgwire.client.PeerOptions", "the caller's settings"),
          entry("org.hgwire.client.Proxies", "the caller's settings"),
          entry("org.hgwire.core.bundle.KnownParts", "the caller's settings"),
          entry("org.hgwire.core.command.ChangesetdataRequest", "an enum's constants"),
          entry("org.hgwire.core.command.FiledataRequest", "an enum's constants"),
          entry("org.hgwire.core.command.FilesdataRequest", "an enum's constants"),
          entry("org.hgwire.core.command.ManifestdataRequest", "an enum's constants"),
          entry("org.hgwire.redirects.AddressPolicy", "the caller's settings"),
          entry("org.hgwire.redirects.ContentExpectation", "an enum's constants"),
          entry("org.hgwire.redirects.TlsCapabilities", "what the platform can do"),
          entry("org.hgwire.redirects.clonebundles.ClientCapabilities", "the caller's settings"),
          entry("org.hgwire.redirects.clonebundles.DigestAttribute", "an enum's constants"),
          entry("org.hgwire.server.RepositoryResolver", "the host's repositories"),
          entry("org.hgwire.server.clonebundles.AddressRegions", "the host's settings"),
          entry("org.hgwire.server.command.Caller", "what filters of the host attach"),
          entry("org.hgwire.server.command.CommandDefinition", "the host's commands"),
          entry("org.hgwire.server.http.RequestHead", "what filters of the host attach"),
          entry("org.hgwire.server.store.RepositoryDirectories", "the host's repositories"),
          entry("org.hgwire.server.store.ShareSources", "the host's repositories"));

  @ArchTest
  static final ArchRule keysOfHashTablesAreComparable =
      classes().should(haveComparableKeys()).as("keys of sets and maps are comparable");

  @ArchTest
  static final ArchRule keysOfPeersAreNotCopiedToProbedTables =
      noClasses()
          .that(new NamedNeither(COPIES_NOT_FROM_PEERS.keySet()))
          .should()
          .callMethod(Set.class, "copyOf", Collection.class)
          .orShould()
          .callMethod(Map.class, "copyOf", Map.class)
          .orShould()
          .callMethod(Collectors.class, "toUnmodifiableSet")
          .because("ComparableKeys copies keys of peers");

  /** What is neither a field nor a variable has no type in the class file. */
  @ArchTest
  static final ArchRule repeatedItemsAreLeftOutWhereTheirTypeIsKnown =
      noClasses()
          .that()
          .doNotBelongToAnyOf(ComparableKeys.class)
          .and()
          .resideOutsideOfPackages("org.hgwire.examples..", "org.hgwire.conformance..")
          .should()
          .callConstructor(LinkedHashSet.class, Collection.class)
          .orShould()
          .callMethod(Stream.class, "distinct")
          .because("ComparableKeys accepts comparable keys only");

  private static ArchCondition<JavaClass> haveComparableKeys() {
    return new ArchCondition<>("have sets and maps of comparable keys") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        new KeyTypes(item)
            .incomparable()
            .filter(key -> !NOT_FROM_PEERS.containsKey(key.type()))
            .forEach(
                key ->
                    events.add(
                        SimpleConditionEvent.violated(
                            item, key.place() + " has keys of " + key.type())));
      }
    };
  }
}
