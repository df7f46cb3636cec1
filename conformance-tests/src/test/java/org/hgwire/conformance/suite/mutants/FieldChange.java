// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** Replaces a header field, or leaves it out. */
@FunctionalInterface
interface FieldChange {
  @Nullable Entry<String, String> apply(Entry<String, String> field);
}
