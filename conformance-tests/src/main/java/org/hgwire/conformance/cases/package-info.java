// SPDX-License-Identifier: Apache-2.0
/**
 * The cases of the conformance suite: what each sends and what it expects, and the notation in
 * which they are kept.
 *
 * <p>{@link org.hgwire.conformance.cases.CaseNotation} is the notation; {@link
 * org.hgwire.conformance.cases.CaseCatalog} has the cases of each profile.
 */
@NullMarked
package org.hgwire.conformance.cases;

import org.jspecify.annotations.NullMarked;
