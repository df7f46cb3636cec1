/** The places where Mercurial's implementation is wrong, and the threats: each done right here. */
@NullMarked
package org.hgwire.conformance.faults;

import org.jspecify.annotations.NullMarked;
