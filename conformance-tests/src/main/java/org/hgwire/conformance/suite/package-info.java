// SPDX-License-Identifier: Apache-2.0
/**
 * The conformance suite: runs cases against a peer and says what it saw.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> server() throws Exception {
 *   return ServerSuite.connect(url, SuiteConfiguration.defaults()).run(SuiteListener.NONE).stream()
 *       .flatMap(result -> result.cases().stream())
 *       .map(each -> dynamicTest(each.id(), each::requireExpected));
 * }
 * }</pre>
 */
@NullMarked
package org.hgwire.conformance.suite;

import org.jspecify.annotations.NullMarked;
