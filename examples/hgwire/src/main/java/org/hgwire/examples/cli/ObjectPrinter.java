// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import org.hgwire.client.ResponseObject;

/** Prints the objects of a response, one per line. */
interface ObjectPrinter {
  /** Prints one object, and reads it to its end if it is streamed. */
  void print(ResponseObject object) throws IOException;
}
