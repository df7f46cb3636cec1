// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Reads results from the suite's JSON: one object, or an array of them.
 *
 * <p>Only the profile, the peer, the cases, their ids and verdicts must be there. Other fields may
 * be missing, and ones that are not known here are ignored. The counts of verdicts are those of the
 * cases, whatever the field {@code summary} says.
 */
public final class ResultReader {
  private static final JsonSetter.Value EMPTY =
      JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.DEFAULT);
  private static final JsonSetter.Value REQUIRED = JsonSetter.Value.forValueNulls(Nulls.FAIL);

  private static final ObjectReader READER =
      JsonMapper.builder()
          .withConfigOverride(String.class, type -> type.setSetterInfo(EMPTY))
          .withConfigOverride(List.class, type -> type.setSetterInfo(EMPTY))
          .withConfigOverride(Map.class, type -> type.setSetterInfo(EMPTY))
          .withConfigOverride(Verdict.class, type -> type.setSetterInfo(REQUIRED))
          .withConfigOverride(Mark.Side.class, type -> type.setSetterInfo(REQUIRED))
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerForListOf(Result.class);

  private ResultReader() {}

  /**
   * Reads the results of one file.
   *
   * @throws IOException if {@code input} cannot be read
   * @throws IllegalArgumentException if it is not JSON, or is not results
   */
  public static List<Result> read(InputStream input) throws IOException {
    try {
      return READER.readValue(input);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not results of the suite: " + e.getOriginalMessage(), e);
    }
  }
}
