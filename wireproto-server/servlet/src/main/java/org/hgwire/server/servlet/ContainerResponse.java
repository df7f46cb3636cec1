// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map.Entry;
import org.hgwire.server.http.HttpDate;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The head of a response in the container, and the end of its request: complete, with a status
 * alone, or cut. Of the calls that end a request only the first has an effect. Safe for use by
 * several threads.
 */
final class ContainerResponse {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerResponse.class);
  private static final String CUT = ContainerResponse.class.getName() + ".cut";

  private final ContainerGate gate;
  private final AsyncContext async;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  /** Written with the monitor of the gate. */
  private volatile boolean headWritten;

  ContainerResponse(ContainerGate gate, AsyncContext async) {
    this.gate = gate;
    this.async = async;
    request = (HttpServletRequest) async.getRequest();
    response = (HttpServletResponse) async.getResponse();
  }

  /** Returns whether the response has begun. */
  boolean headWritten() {
    return headWritten;
  }

  /**
   * Begins the response.
   *
   * @param last whether the client may send no further request on its connection, because it may
   *     not notice the response while it still sends its body
   */
  void writeHead(ResponseHead head, boolean last) {
    synchronized (gate) {
      if (gate.isClosed()) {
        return;
      }
      headWritten = true;
      response.setStatus(head.status());
      for (Entry<String, String> field : head.fields().entries()) {
        if (!field.getKey().equalsIgnoreCase("Connection")) {
          response.addHeader(field.getKey(), field.getValue());
        }
      }
      addDate(response);
      head.length().ifPresent(response::setContentLengthLong);
      if (last || "close".equals(head.fields().first("Connection"))) {
        closeAfterwards();
      }
    }
  }

  /** Adds the field Date; not every container does. */
  static void addDate(HttpServletResponse response) {
    if (!response.containsHeader("Date")) {
      response.setHeader("Date", HttpDate.now());
    }
  }

  private void closeAfterwards() {
    if (request.getProtocol().startsWith("HTTP/1.")) {
      response.setHeader("Connection", "close");
    }
  }

  /**
   * Ends a request with a status, if its response has not begun and it has not ended; returns
   * whether this call ended it.
   */
  boolean refuse(int status) {
    synchronized (gate) {
      if (headWritten || gate.isClosed()) {
        return false;
      }
      headWritten = true;
      response.setStatus(status);
      addDate(response);
      response.setHeader("Cache-Control", "no-store");
      response.setContentLength(0);
      if (status == ServerBudget.STATUS) {
        response.setIntHeader("Retry-After", ServerBudget.RETRY_AFTER_SECONDS);
      }
      closeAfterwards();
    }
    return complete();
  }

  /**
   * Ends a request so that the client sees that the response is not complete: in a second turn of
   * the servlet, which throws. Returns whether this call ended it.
   */
  boolean cut(String reason) {
    synchronized (gate) {
      if (gate.isClosed()) {
        return false;
      }
      request.setAttribute(CUT, reason);
    }
    return end(async::dispatch);
  }

  /** Ends a request; returns whether this call ended it. */
  boolean complete() {
    return end(async::complete);
  }

  private boolean end(Runnable last) {
    if (!gate.close()) {
      return false;
    }
    try {
      last.run();
    } catch (RuntimeException byTheContainer) {
      LOG.debug("the container has ended a request already", byTheContainer);
    }
    return true;
  }

  /**
   * Ends the second turn of a request that was cut: a container closes the connection when a
   * servlet throws after it began to respond.
   *
   * @throws ServletException if the request was cut
   */
  static void checkNotCut(HttpServletRequest request) throws ServletException {
    Object reason = request.getAttribute(CUT);
    if (reason != null) {
      throw new CutException(reason.toString());
    }
  }

  private static final class CutException extends ServletException {
    private static final long serialVersionUID = 1L;

    CutException(String reason) {
      super("the connection is cut: " + reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
