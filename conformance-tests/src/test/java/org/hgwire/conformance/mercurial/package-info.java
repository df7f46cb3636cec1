/** The real Mercurial as a fixture: found or fetched, run, served, and listened to. */
@NullMarked
package org.hgwire.conformance.mercurial;

import org.jspecify.annotations.NullMarked;
