// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import org.hgwire.conformance.architecture.KeysTest;
import org.hgwire.conformance.architecture.LayersTest;
import org.hgwire.conformance.architecture.LocaleTest;

/** The rules of the library's architecture, checked with the classes of the command line. */
@AnalyzeClasses(
    packages = "org.hgwire",
    importOptions = {ImportOption.DoNotIncludeTests.class, LayersTest.WithoutTestJars.class})
final class ArchitectureTest {
  @ArchTest static final ArchTests layers = ArchTests.in(LayersTest.class);
  @ArchTest static final ArchTests keys = ArchTests.in(KeysTest.class);
  @ArchTest static final ArchTests locales = ArchTests.in(LocaleTest.class);
}
