// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

/**
 * The link of a revision that had to be searched.
 *
 * @param first the first changeset that introduced it, which its store names
 * @param sent the first of the outgoing changesets that did
 */
record SearchedLink(int first, int sent) {}
