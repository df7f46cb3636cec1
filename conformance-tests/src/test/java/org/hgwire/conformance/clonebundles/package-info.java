// SPDX-License-Identifier: Apache-2.0
/** What a real hg makes of manifests of clone bundles, and what this library does. */
@NullMarked
package org.hgwire.conformance.clonebundles;

import org.jspecify.annotations.NullMarked;
