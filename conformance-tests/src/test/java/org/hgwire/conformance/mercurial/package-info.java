// SPDX-License-Identifier: Apache-2.0
/** The real Mercurial as a fixture: found or fetched, run, served and recorded. */
@NullMarked
package org.hgwire.conformance.mercurial;

import org.jspecify.annotations.NullMarked;
