/** The floors of the house: who may know whom. */
@NullMarked
package org.hgwire.conformance.architecture;

import org.jspecify.annotations.NullMarked;
