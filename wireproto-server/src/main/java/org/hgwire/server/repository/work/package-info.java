// SPDX-License-Identifier: Apache-2.0
/**
 * Work that is done a few thousand steps at a time, so that it can be stopped and others have their
 * turn. Not exported.
 *
 * <p>Begin with {@link org.hgwire.server.repository.work.Work}. {@link
 * org.hgwire.server.repository.work.Steps} counts what a request has cost so far.
 */
@NullMarked
package org.hgwire.server.repository.work;

import org.jspecify.annotations.NullMarked;
