// SPDX-License-Identifier: Apache-2.0
/**
 * What version 1 of the wire protocol has in place of CBOR and frames, without I/O: the words of
 * {@link org.hgwire.core.version1.Version1Capabilities}, requests and their arguments ({@link
 * org.hgwire.core.version1.Version1Request}, {@link org.hgwire.core.version1.ArgumentForm}),
 * batches, and the texts of responses as the values that version 2 has for them ({@link
 * org.hgwire.core.version1.ResponseTexts}). So callers see one set of commands in both versions.
 */
@NullMarked
package org.hgwire.core.version1;

import org.jspecify.annotations.NullMarked;
