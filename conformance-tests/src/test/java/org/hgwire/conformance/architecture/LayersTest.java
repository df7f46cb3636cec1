// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Stream;

/**
 * The rules that docs/architecture.md states, checked against every class of the modules; the tests
 * of the command line check them once more, with its classes.
 */
@AnalyzeClasses(
    packages = "org.hgwire",
    importOptions = {ImportOption.DoNotIncludeTests.class, LayersTest.WithoutTestJars.class})
public final class LayersTest {
  /** Leaves out what modules share for their tests, such as redirects.testing. */
  public static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  /** The packages that may use any library: no layer of the library imports them. */
  private static final String[] TOP = {"org.hgwire.examples..", "org.hgwire.conformance.."};

  @ArchTest
  static final ArchRule modulesKnowOnlyTheLayersBelowThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy("org.hgwire.core..")
          .optionalLayer("testing")
          .definedBy("org.hgwire.testing..")
          .layer("store")
          .definedBy("org.hgwire.store..")
          .layer("redirects")
          .definedBy("org.hgwire.redirects..")
          .layer("server")
          .definedBy("org.hgwire.server..")
          .layer("client")
          .definedBy("org.hgwire.client..")
          .optionalLayer("examples")
          .definedBy("org.hgwire.examples..")
          .optionalLayer("conformance")
          .definedBy("org.hgwire.conformance..")
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("testing")
          .mayOnlyAccessLayers("core")
          .whereLayer("testing")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("store")
          .mayOnlyAccessLayers("core")
          .whereLayer("redirects")
          .mayOnlyAccessLayers("core")
          .whereLayer("server")
          .mayOnlyAccessLayers("core", "store", "redirects")
          .whereLayer("client")
          .mayOnlyAccessLayers("core", "store", "redirects")
          .whereLayer("examples")
          .mayOnlyAccessLayers("core", "store", "redirects", "server", "client", "conformance")
          .whereLayer("examples")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("conformance")
          .mayOnlyAccessLayers("core")
          .whereLayer("conformance")
          .mayOnlyBeAccessedByLayers("examples");

  @ArchTest
  static final ArchRule packagesDoNotImportInACircle =
      slices().matching("org.hgwire.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheCoreAreLayered =
      CompositeArchRule.of(
              below(
                  "core.cbor",
                  "core.frame",
                  "core.encoding",
                  "core.message",
                  "core.command",
                  "core.reactor",
                  "core.bundle"))
          .and(
              below(
                  "core.frame",
                  "core.encoding",
                  "core.message",
                  "core.command",
                  "core.reactor",
                  "core.bundle"))
          .and(
              below(
                  "core.encoding",
                  "core.cbor",
                  "core.frame",
                  "core.message",
                  "core.command",
                  "core.reactor",
                  "core.bundle"))
          .and(
              below("core.message", "core.encoding", "core.command", "core.reactor", "core.bundle"))
          .and(below("core.command", "core.frame", "core.encoding", "core.reactor", "core.bundle"))
          .and(below("core.revision", "core.frame", "core.message", "core.reactor", "core.bundle"))
          .and(below("core.reactor", "core.command", "core.bundle"))
          .and(
              below(
                  "core.bundle",
                  "core.cbor",
                  "core.frame",
                  "core.message",
                  "core.reactor",
                  "core.version1"))
          .and(below("core.version1", "core.frame", "core.reactor"))
          .and(rootBelowItsPackages("core"));

  @ArchTest
  static final ArchRule packagesOfRedirectsAreLayered =
      CompositeArchRule.of(rootBelowItsPackages("redirects"))
          .and(
              below(
                  "redirects.trust",
                  "redirects.fetch",
                  "redirects.contentstore",
                  "redirects.clonebundles"))
          .and(
              below(
                  "redirects.fetch",
                  "redirects.trust",
                  "redirects.contentstore",
                  "redirects.clonebundles"))
          .and(
              below(
                  "redirects.contentstore",
                  "redirects.trust",
                  "redirects.fetch",
                  "redirects.clonebundles"))
          .and(
              below(
                  "redirects.clonebundles",
                  "redirects.trust",
                  "redirects.fetch",
                  "redirects.contentstore"));

  @ArchTest
  static final ArchRule packagesOfTheServerAreLayered =
      CompositeArchRule.of(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.server.repository..")
                  .should()
                  .dependOnClassesThat(
                      resideInAPackage("org.hgwire.server..")
                          .and(not(resideInAPackage("org.hgwire.server.repository.."))))
                  .as("server.repository knows no other package of the server"))
          .and(
              below(
                  "server.command",
                  "server.clonebundles",
                  "server.offload",
                  "server.http",
                  "server.netty",
                  "server.servlet",
                  "server.jackson",
                  "server.micrometer"))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.server.command..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("org.hgwire.server")
                  .as("commands know nothing of what dispatches them"))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.server")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      "org.hgwire.server.clonebundles..",
                      "org.hgwire.server.offload..",
                      "org.hgwire.server.http..",
                      "org.hgwire.server.netty..",
                      "org.hgwire.server.servlet..",
                      "org.hgwire.server.jackson..",
                      "org.hgwire.server.micrometer..")
                  .as("the dispatcher knows no transport and no cacher"))
          .and(below("server.offload", "server.http", "server.netty", "server.servlet"))
          .and(below("server.clonebundles", "server.http", "server.netty", "server.servlet"))
          .and(
              below(
                      "server.version1",
                      "server.offload",
                      "server.clonebundles",
                      "server.http",
                      "server.netty",
                      "server.servlet")
                  .as("server.version1 knows no transport"))
          .and(below("server.http", "server.offload", "server.netty", "server.servlet"));

  @ArchTest
  static final ArchRule contractOfCommandsKnowsNoStandardCommand =
      noClasses()
          .that()
          .resideInAPackage("org.hgwire.server.command")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.hgwire.server.command.standard..");

  @ArchTest
  static final ArchRule standardCommandsAreKnownToTheServerRootAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hgwire.server", "org.hgwire.server.command.standard..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.hgwire.server.command.standard..");

  @ArchTest
  static final ArchRule contractOfRepositoriesKnowsNoRepository =
      noClasses()
          .that()
          .resideInAPackage("org.hgwire.server.repository")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.hgwire.server.repository.memory..");

  @ArchTest
  static final ArchRule repositoryInMemoryIsKnownToExamplesAndTestsAlone =
      knownOnlyTo("org.hgwire.server.repository.memory..", "org.hgwire.server.repository.memory..");

  @ArchTest
  static final ArchRule packagesOfTheClientAreLayered =
      CompositeArchRule.of(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.client.sink..")
                  .should()
                  .dependOnClassesThat(
                      resideInAPackage("org.hgwire.client..")
                          .and(not(resideInAPackage("org.hgwire.client.sink.."))))
                  .as("client.sink knows no other package of the client, client.pull least of all"))
          .and(
              below(
                      "client.bundle",
                      "client.pull",
                      "client.sink",
                      "client.store",
                      "client.waiting",
                      "client.okhttp")
                  .as("client.bundle reads bundles and knows nothing of pulling"))
          .and(rootBelowItsPackages("client"))
          .and(below("client.pull", "client.store", "client.okhttp"))
          .and(below("client.store", "client.bundle", "client.pull", "client.okhttp"))
          .and(
              below(
                  "client.waiting",
                  "client.bundle",
                  "client.pull",
                  "client.store",
                  "client.okhttp"))
          .and(below("client.okhttp", "client.pull", "client.sink", "client.bundle"));

  @ArchTest
  static final ArchRule awsIsKnownToItsAdapterAlone =
      knownOnlyTo("software.amazon..", "org.hgwire.redirects.contentstore.s3..");

  @ArchTest
  static final ArchRule bouncyCastleIsKnownToRedirectsAndTrustAlone =
      knownOnlyTo("org.bouncycastle..", "org.hgwire.redirects", "org.hgwire.redirects.trust");

  @ArchTest
  static final ArchRule jqwikIsKnownToTheGeneratorsAlone =
      knownOnlyTo("net.jqwik..", "org.hgwire.testing..");

  @ArchTest
  static final ArchRule nettyIsKnownToItsAdapterAlone =
      knownOnlyTo("io.netty..", "org.hgwire.server.netty..");

  @ArchTest
  static final ArchRule servletIsKnownToItsAdapterAlone =
      knownOnlyTo("jakarta.servlet..", "org.hgwire.server.servlet..");

  @ArchTest
  static final ArchRule jacksonIsKnownToItsAdapterAndCloudRegionsAlone =
      knownOnlyTo(
          "com.fasterxml.jackson..",
          "org.hgwire.server.jackson..",
          "org.hgwire.server.clonebundles");

  @ArchTest
  static final ArchRule micrometerIsKnownToItsAdapterAlone =
      knownOnlyTo("io.micrometer..", "org.hgwire.server.micrometer..");

  @ArchTest
  static final ArchRule okHttpIsKnownToItsAdapterAlone =
      CompositeArchRule.of(knownOnlyTo("okhttp3..", "org.hgwire.client.okhttp.."))
          .and(knownOnlyTo("okio..", "org.hgwire.client.okhttp.."));

  @ArchTest
  static final ArchRule coreDoesNoIoAndStartsNoThread =
      noClasses()
          .that()
          .resideInAPackage("org.hgwire.core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io..",
                      "java.net..",
                      "java.nio.channels..",
                      "java.nio.file..",
                      "java.time..",
                      "java.util.concurrent..",
                      "java.util.logging..",
                      "org.slf4j..",
                      "io.netty..",
                      "okhttp3..",
                      "okio..")
                  .and(
                      not(
                          assignableTo(IOException.class)
                              .or(assignableTo(InputStream.class))
                              .or(assignableTo(OutputStream.class))
                              .or(
                                  nameMatching(
                                      "java\\.io\\.(Closeable|Serializable|UncheckedIOException)"))
                              .or(
                                  nameMatching(
                                      "java\\.time\\.(Instant|LocalDateTime|OffsetDateTime|ZoneOffset)"))
                              .or(nameMatching("java\\.net\\.URI")))))
          .orShould()
          .dependOnClassesThat(
              nameMatching(
                  "java\\.lang\\.(Thread|Process|ProcessBuilder|Runtime|Timer)|java\\.util\\.Timer"))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .accessTargetWhere(
              target(nameMatching("now|systemDefault"))
                  .and(target(owner(resideInAPackage("java.time.."))))
                  .as("the clock or time zone of this machine"))
          .because("reactors take time, randomness and bytes as arguments");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Impl")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper");

  /** Returns the rule that a package, with those in it, knows none of the packages above it. */
  private static ArchRule below(String name, String... above) {
    String[] packages =
        Stream.of(above).map(each -> "org.hgwire." + each + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("org.hgwire." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true);
  }

  /** Returns the rule that the root package of a module knows none of the packages in it. */
  private static ArchRule rootBelowItsPackages(String module) {
    return noClasses()
        .that()
        .resideInAPackage("org.hgwire." + module)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hgwire." + module + ".(*)..")
        .as("the root package of " + module + " knows none of its packages");
  }

  /** Returns the rule that only {@code users}, examples and tests know {@code known}. */
  private static ArchRule knownOnlyTo(String known, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.concat(Stream.of(TOP), Stream.of(users)).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(known);
  }
}
