/** The floors of the house: who may know whom. */
@NullMarked
package org.hgwire.conformance.floors;

import org.jspecify.annotations.NullMarked;
