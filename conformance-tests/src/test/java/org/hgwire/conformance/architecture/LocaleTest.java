// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Nothing depends on the default locale: in some, {@code %d} prints digits that no program reads,
 * and the lower case of I is not i.
 */
@AnalyzeClasses(
    packages = "org.hgwire",
    importOptions = {ImportOption.DoNotIncludeTests.class, LayersTest.WithoutTestJars.class})
public final class LocaleTest {
  private static final String WHY = "it follows the default locale: pass Locale.ROOT";

  @ArchTest
  static final ArchRule textIsFormattedWithALocale =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hgwire.conformance..")
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .because(WHY);

  @ArchTest
  static final ArchRule lettersAreConvertedWithALocale =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hgwire.conformance..")
          .should()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .because(WHY);
}
