// SPDX-License-Identifier: Apache-2.0
/**
 * Results of the conformance suite as a page of HTML: a matrix of implementations and cases, and
 * what was sent and received where one failed.
 *
 * <p>{@link org.hgwire.conformance.report.ResultReader} reads results from JSON, {@link
 * org.hgwire.conformance.report.HtmlReport} writes the page. It is one file that loads nothing.
 * What peers sent is in it as text, with control characters made visible.
 */
@NullMarked
package org.hgwire.conformance.report;

import org.jspecify.annotations.NullMarked;
