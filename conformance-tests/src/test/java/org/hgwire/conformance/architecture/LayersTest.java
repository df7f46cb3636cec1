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
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The rules that docs/architecture.md states, checked against every class of the modules. */
@AnalyzeClasses(
    packages = "org.hgwire",
    importOptions = {ImportOption.DoNotIncludeTests.class})
final class LayersTest {
  @ArchTest
  static final ArchRule modules_know_only_what_is_below_them =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy("org.hgwire.core..")
          .layer("redirects")
          .definedBy("org.hgwire.redirects..")
          .layer("server")
          .definedBy("org.hgwire.server..")
          .layer("client")
          .definedBy("org.hgwire.client..")
          .layer("examples")
          .definedBy("org.hgwire.examples..")
          .optionalLayer("conformance")
          .definedBy("org.hgwire.conformance..")
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("redirects")
          .mayOnlyAccessLayers("core")
          .whereLayer("server")
          .mayOnlyAccessLayers("core", "redirects")
          .whereLayer("client")
          .mayOnlyAccessLayers("core", "redirects")
          .whereLayer("examples")
          .mayOnlyAccessLayers("core", "redirects", "server", "client")
          .whereLayer("examples")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("conformance")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packages_do_not_import_in_a_circle =
      slices().matching("org.hgwire.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_of_the_core_are_layered =
      CompositeArchRule.of(
              below("core.cbor", "frame", "encoding", "message", "command", "reactor", "bundle"))
          .and(below("core.frame", "encoding", "message", "command", "reactor", "bundle"))
          .and(below("core.encoding", "cbor", "frame", "message", "command", "reactor", "bundle"))
          .and(below("core.message", "encoding", "command", "reactor", "bundle"))
          .and(below("core.command", "frame", "encoding", "reactor", "bundle"))
          .and(below("core.revision", "frame", "message", "reactor", "bundle"))
          .and(below("core.reactor", "command", "bundle"))
          .and(below("core.bundle", "cbor", "frame", "message", "reactor"))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.core")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("org.hgwire.core.(*)..")
                  .as("the root of the core knows none of its packages"));

  @ArchTest
  static final ArchRule packages_of_redirects_are_layered =
      CompositeArchRule.of(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.redirects")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("org.hgwire.redirects.(*)..")
                  .as("policy, trust and verification know nothing of who fetches or stores"))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.redirects.fetch..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      "org.hgwire.redirects.contentstore..", "org.hgwire.redirects.clonebundles..")
                  .as("fetching knows neither stores nor clone bundles"))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("org.hgwire.redirects.contentstore..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      "org.hgwire.redirects.fetch..", "org.hgwire.redirects.clonebundles..")
                  .as("stores know neither fetching nor clone bundles"));

  @ArchTest
  static final ArchRule an_object_store_is_known_to_its_adapter_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hgwire.redirects.contentstore.s3..", "org.hgwire.conformance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..");

  @ArchTest
  static final ArchRule certificates_are_read_by_redirects_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hgwire.redirects", "org.hgwire.redirects.trust", "org.hgwire.conformance..")
          .and()
          .resideOutsideOfPackage("org.hgwire.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule packages_of_the_server_are_layered =
      noClasses()
          .that()
          .resideInAPackage("org.hgwire.server.repository..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hgwire.server",
              "org.hgwire.server.command..",
              "org.hgwire.server.offload..",
              "org.hgwire.server.clonebundles..",
              "org.hgwire.server.http..",
              "org.hgwire.server.netty..")
          .as("the repository knows nothing of who serves it");

  @ArchTest
  static final ArchRule the_core_does_no_io_and_starts_no_thread =
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
                                      "java\\.time\\.(Instant|LocalDateTime|OffsetDateTime|ZoneOffset)")))))
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
  static final ArchRule netty_is_known_to_its_adapter_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hgwire.server.netty..", "org.hgwire.conformance..")
          .and()
          .resideOutsideOfPackage("org.hgwire.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule okhttp_is_known_to_its_adapter_alone =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hgwire.client.okhttp..", "org.hgwire.conformance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..");

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
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

  private static ArchRule below(String name, String... above) {
    String[] packages = new String[above.length];
    for (int i = 0; i < above.length; i++) {
      packages[i] = "org.hgwire.core." + above[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("org.hgwire." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true);
  }
}
