// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import org.hgwire.conformance.cases.PeerValues;

/**
 * What is known of the redirects of a server.
 *
 * @param advertised whether it advertises targets
 * @param seen whether it redirected the request in {@code values}
 * @param values a target of it, and a request
 */
record PeerRedirects(boolean advertised, boolean seen, PeerValues values) {
  /** Those of a server that advertises no targets. */
  static final PeerRedirects NONE = new PeerRedirects(false, false, PeerValues.SAMPLE);
}
