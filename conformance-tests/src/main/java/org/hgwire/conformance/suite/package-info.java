// SPDX-License-Identifier: Apache-2.0
/**
 * The conformance suite: runs cases against a peer and says what it saw.
 *
 * <pre>{@code
 * ServerSuite suite = ServerSuite.connect(URI.create("http://localhost:8000/"), configuration);
 * for (Profile profile : suite.profiles()) {
 *   SuiteResult result = suite.run(profile, SuiteListener.NONE);
 *   assertThat(result.unexpected()).isEmpty();
 * }
 * }</pre>
 */
@NullMarked
package org.hgwire.conformance.suite;

import org.jspecify.annotations.NullMarked;
