// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.Locale;
import java.util.regex.Pattern;
import org.hgwire.conformance.differential.FrameOutcome.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How our response as a whole differs from that of hg 5.6.1 to the same frames. Who is the odd one
 * of the two has a reason to be: the frames have the trait that it takes offence at, or fails at.
 */
enum FrameDifference implements Explanation<FrameComparison> {
  CUT(
      FrameTrait.CUT,
      "A header or a payload that is cut is status 500 of hg, and an error of ours."),
  NO_REQUEST(
      FrameTrait.NO_REQUEST,
      "A body that begins no request is status 500 of hg, and an error of ours."),
  UNDEFINED_TYPE(
      FrameTrait.UNDEFINED_TYPE,
      "A type of frames that the text does not define is status 500 of hg, and an error of ours."),
  ENCODED(
      FrameTrait.ENCODED,
      "An encoded payload, on a stream without settings, is status 500 of hg; here such a stream"
          + " has the encoding identity."),
  NO_MAP(
      FrameTrait.NO_MAP,
      "A request, or sender settings, that are not exactly one map in the protocol's subset of CBOR"
          + " are status 500 of hg, and an error of ours."),
  UNFINISHED(
      FrameTrait.UNFINISHED,
      "Where nothing else was requested, a request that does not end is status 500 of hg, and an"
          + " error of ours."),
  UNFINISHED_DROPPED(
      FrameTrait.UNFINISHED,
      "before [0-9]+ requests were complete",
      "hg drops a request that does not end when others do; here the body is cut."),
  UNDEFINED_STREAM_FLAGS(
      FrameTrait.UNDEFINED_STREAM_FLAGS,
      "has undefined stream flags",
      "hg ignores flags of streams that the text does not define; here they are refused."),
  WRONG_FLAGS(
      FrameTrait.WRONG_FLAGS,
      "has the flags",
      "hg accepts both or neither of two flags of which the text wants one, and flags that it does"
          + " not define."),
  EVEN_REQUEST(
      FrameTrait.EVEN_REQUEST,
      "has an even request id",
      "hg accepts even request ids, which \"MUST be odd\"."),
  REPEATED_BEGIN(
      FrameTrait.REPEATED_BEGIN, "begins a stream", "hg accepts a stream that begins twice."),
  SETTINGS(
      FrameTrait.NO_MAP,
      "sender settings is not valid CBOR",
      "hg accepts sender settings that are a map and more, if that is cut."),
  STREAM_SETTINGS(
      Kind.REFUSED,
      FrameTrait.STREAM_SETTINGS,
      "expected .*command request frame; got 9",
      "",
      "hg knows no encoded requests: it refuses the settings of a stream."),
  UNKNOWN_COMMAND(
      Kind.REFUSED,
      null,
      "wire protocol command not available",
      "unknown wire protocol command",
      "An unknown command ends the whole response of hg, in text; here it fails alone."),
  NO_NAME(
      Kind.REFUSED,
      null,
      "command request missing \"name\" field",
      "name is missing|is not valid CBOR",
      "A request without a name ends the whole response of hg, in text; here it fails alone.");

  private final Kind theirs;
  private final @Nullable FrameTrait trait;
  private final Pattern theirWords;
  private final Pattern ourWords;
  private final String reason;

  /** hg fails at what has the trait. */
  FrameDifference(FrameTrait trait, String reason) {
    this(Kind.CRASHED, trait, "", "", reason);
  }

  /** hg responds to what has the trait, and we refuse it. */
  FrameDifference(FrameTrait trait, String ourWords, String reason) {
    this(Kind.FRAMES, trait, "", ourWords, reason);
  }

  FrameDifference(
      Kind theirs, @Nullable FrameTrait trait, String theirWords, String ourWords, String reason) {
    this.theirs = theirs;
    this.trait = trait;
    this.theirWords = Pattern.compile(theirWords);
    this.ourWords = Pattern.compile(ourWords);
    this.reason = reason;
  }

  @Override
  public String id() {
    return "frames/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String reason() {
    return reason;
  }

  @Override
  public boolean explains(FrameComparison comparison) {
    FrameOutcome hg = comparison.theirs();
    FrameOutcome ours = comparison.ours();
    if (hg.kind() != theirs
        || ours.kind() == theirs
        || (trait != null && !comparison.traits().contains(trait))
        || !theirWords.matcher(hg.text()).find()) {
      return false;
    }
    return switch (theirs) {
      case FRAMES -> ours.kind() == Kind.REFUSED && ourWords.matcher(ours.text()).find();
      case CRASHED -> ours.isError() || this == ENCODED;
      case REFUSED -> ours.kind() == Kind.FRAMES && ourWords.matcher(ours.errors()).find();
      default -> false;
    };
  }
}
