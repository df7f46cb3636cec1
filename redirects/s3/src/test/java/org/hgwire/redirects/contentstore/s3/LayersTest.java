// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of docs/architecture.md for this module, which the conformance tests do not see. */
@AnalyzeClasses(
    packages = "org.hgwire.redirects.contentstore.s3",
    importOptions = {ImportOption.DoNotIncludeTests.class})
final class LayersTest {
  @ArchTest
  static final ArchRule the_store_knows_the_contract_and_the_sdk_alone =
      classes()
          .that()
          .resideInAPackage("org.hgwire.redirects.contentstore.s3..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.hgwire.core..",
              "org.hgwire.redirects",
              "org.hgwire.redirects.contentstore",
              "org.hgwire.redirects.contentstore.s3..",
              "software.amazon.awssdk..",
              "org.jspecify.annotations",
              "java..");
}
