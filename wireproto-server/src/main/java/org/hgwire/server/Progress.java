// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/** What came of the next piece of the work on responses. */
enum Progress {
  /** It produced output, and there is more to do. */
  MORE,
  /** It took a while and produced nothing yet: others have their turn before the next piece. */
  NOT_YET,
  /** There is nothing more to do. */
  NONE
}
