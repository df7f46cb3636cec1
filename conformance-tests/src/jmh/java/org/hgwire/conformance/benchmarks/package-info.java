// SPDX-License-Identifier: Apache-2.0
/**
 * What this project costs, as ratios within one run: its parts against libraries that do a similar
 * job (JMH), and its server and client as whole processes against a real Mercurial 5.6.1.
 */
@NullMarked
package org.hgwire.conformance.benchmarks;

import org.jspecify.annotations.NullMarked;
