// SPDX-License-Identifier: Apache-2.0
/** Manifests of clone bundles, as a real hg and this library read them. */
@NullMarked
package org.hgwire.conformance.clonebundles;

import org.jspecify.annotations.NullMarked;
