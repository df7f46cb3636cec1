// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

/** The part of a response that is not as it should be. */
public sealed interface FaultPlace {

  /** The status. */
  record Status() implements FaultPlace {}

  /**
   * The value of a header.
   *
   * @param name the name of the header, in lower case
   */
  record Header(String name) implements FaultPlace {}

  /**
   * A field of a frame.
   *
   * @param frame the number of the frame, from 0
   * @param field the field
   */
  record FrameField(int frame, Field field) implements FaultPlace {}

  /** The fields of a frame, in the order of the text notation. */
  enum Field {
    /** The id of its request. */
    REQUEST_ID,
    /** The id of its stream. */
    STREAM_ID,
    /** The flags of its stream. */
    STREAM_FLAGS,
    /** Its type. */
    TYPE,
    /** The flags of its type. */
    FLAGS,
    /** What it carries. */
    PAYLOAD
  }

  /**
   * Bytes of the body that are in no frame.
   *
   * @param from the first byte
   * @param to the byte after the last one
   */
  record BodyBytes(int from, int to) implements FaultPlace {}
}
