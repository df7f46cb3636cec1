// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import org.jspecify.annotations.Nullable;

/**
 * How a client ended.
 *
 * @param exit its exit status, 0 if it says that it has everything, from 129 to 143 if it crashed
 *     or was killed; or null if it was ended because its time was over
 * @param output the end of what it said, one line
 */
public record ClientEnd(@Nullable Integer exit, String output) {}
