// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.URI;
import org.hgwire.core.ByteString;

/**
 * A location that may be fetched, and what its content is checked against.
 *
 * @param url absolute, http or https, with a host, without user info and fragment
 * @param target the name of the redirect target that it belongs to
 * @param pins the certificates that its server has to show
 * @param expectation what the content must be
 */
public record ApprovedLocation(
    URI url, ByteString target, PinSet pins, ContentExpectation expectation) {}
