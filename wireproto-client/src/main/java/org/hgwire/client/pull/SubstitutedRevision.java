// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.TextSubstitute;

/**
 * A file revision of which a pull got a substitute.
 *
 * @param key which revision
 * @param substitute what the server has in place of its text
 */
public record SubstitutedRevision(RevisionKey key, TextSubstitute substitute) {}
