// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import org.hgwire.client.ResponseObject;

/** Prints the objects of a response, each on its line. */
interface ObjectPrinter {
  /** Prints one object; what it streams is read to its end. */
  void print(ResponseObject item) throws IOException;
}
