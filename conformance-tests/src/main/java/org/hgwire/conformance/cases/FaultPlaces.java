// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.FaultPlace.Field;
import org.hgwire.conformance.exchange.FaultPlace.FrameField;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/** Where answers differ from what conditions expect. */
final class FaultPlaces {
  private FaultPlaces() {}

  static List<FaultPlace> status(ServerAnswer answer) {
    return List.of(new FaultPlace.Status());
  }

  static List<FaultPlace> mediaType(ServerAnswer answer) {
    return List.of(new FaultPlace.Header("content-type"));
  }

  /** Returns what keeps an answer from being one of version 2 that is sound, or nothing. */
  private static List<FaultPlace> ofHttp(ServerAnswer answer) {
    if (answer.http().status() != 200) {
      return status(answer);
    }
    if (!answer.isFramed()) {
      return mediaType(answer);
    }
    FaultPlace fault = answer.framed().faultPlace();
    return fault == null ? List.of() : List.of(fault);
  }

  /** Returns what is wrong with an answer to request {@code id}. */
  static List<FaultPlace> ofRequest(ServerAnswer answer, int id) {
    List<FaultPlace> places = ofHttp(answer);
    CommandResponse response = places.isEmpty() ? answer.framed().responses().get(id) : null;
    if (response == null) {
      return places;
    }
    if (response.errorFrame() != null) {
      return fields(answer.framed(), id, FrameType.ERROR_RESPONSE, Field.PAYLOAD);
    }
    if (!response.hasEnded()) {
      List<FaultPlace> all = fields(answer.framed(), id, FrameType.COMMAND_RESPONSE, Field.FLAGS);
      return all.isEmpty() ? all : all.subList(all.size() - 1, all.size());
    }
    return fields(answer.framed(), id, FrameType.COMMAND_RESPONSE, Field.PAYLOAD);
  }

  /** Returns where an answer is that should be refused and is not. */
  static List<FaultPlace> ofAcceptance(ServerAnswer answer) {
    List<FaultPlace> places = new ArrayList<>(ofHttp(answer));
    if (places.isEmpty()) {
      for (Map.Entry<Integer, CommandResponse> each : answer.framed().responses().entrySet()) {
        if (each.getValue().failure() == null) {
          places.addAll(
              fields(answer.framed(), each.getKey(), FrameType.COMMAND_RESPONSE, Field.PAYLOAD));
        }
      }
    }
    return places;
  }

  /** Returns where the encoding of the response to request {@code id} is named. */
  static List<FaultPlace> ofEncoding(ServerAnswer answer, int id) {
    List<FaultPlace> places = ofHttp(answer);
    if (!places.isEmpty() || answer.framed().responses().get(id) == null) {
      return places;
    }
    places = fields(answer.framed(), id, FrameType.STREAM_SETTINGS, Field.PAYLOAD);
    return places.isEmpty()
        ? fields(answer.framed(), id, FrameType.COMMAND_RESPONSE, Field.STREAM_FLAGS)
        : places;
  }

  private static List<FaultPlace> fields(
      FramedResponse framed, int id, FrameType type, Field field) {
    List<FaultPlace> places = new ArrayList<>();
    for (int frame = 0; frame < framed.frames().size(); frame++) {
      FrameHeader header = framed.frames().get(frame).header();
      boolean shown = field != Field.PAYLOAD || header.payloadLength() > 0;
      if (header.requestId() == id && header.typeCode() == type.code() && shown) {
        places.add(new FrameField(frame, field));
      }
    }
    return places;
  }

  /** Returns from where on a plain body differs from {@code expected}. */
  static List<FaultPlace> difference(ServerAnswer answer, ByteString expected) {
    ByteString body = answer.http().body();
    int at = 0;
    while (at < body.length() && at < expected.length() && body.at(at) == expected.at(at)) {
      at++;
    }
    return bytes(answer, at, body.length());
  }

  /** Returns where a plain body has {@code part}. */
  static List<FaultPlace> occurrence(ServerAnswer answer, ByteString part) {
    int at = HttpConditions.indexOf(answer.http().body(), part);
    return at < 0 ? List.of() : bytes(answer, at, at + part.length());
  }

  /** A body in frames or compressed has its bytes in no line. */
  private static List<FaultPlace> bytes(ServerAnswer answer, int from, int to) {
    try {
      boolean plain = !answer.isFramed() && answer.version1().body().equals(answer.http().body());
      return plain && from < to ? List.of(new FaultPlace.BodyBytes(from, to)) : List.of();
    } catch (WireProtocolException malformed) {
      return List.of();
    }
  }
}
