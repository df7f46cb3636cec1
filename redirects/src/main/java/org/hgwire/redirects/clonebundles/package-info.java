// SPDX-License-Identifier: Apache-2.0
/**
 * Clone bundles: the manifest that a server hands out, what is said in it, and which entry a client
 * takes.
 */
@NullMarked
package org.hgwire.redirects.clonebundles;

import org.jspecify.annotations.NullMarked;
