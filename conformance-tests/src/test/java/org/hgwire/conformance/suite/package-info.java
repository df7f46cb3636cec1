// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hgwire.conformance.suite;

import org.jspecify.annotations.NullMarked;
