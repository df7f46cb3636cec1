/**
 * Bundles read from whatever gives their bytes, revision after revision: what the decoder of the
 * core does, and waiting for bytes, and bzip2. Nothing is judged here but the form.
 */
@NullMarked
package org.hgwire.client.bundle;

import org.jspecify.annotations.NullMarked;
