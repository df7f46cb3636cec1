// SPDX-License-Identifier: Apache-2.0
/** Measures what serving a repository on disk costs, against a plain loop and against hg. */
@NullMarked
package org.hgwire.examples.cli.bench;

import org.jspecify.annotations.NullMarked;
