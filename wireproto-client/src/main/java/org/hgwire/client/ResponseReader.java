// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.net.URISyntaxException;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * Reads one response, wherever it is: from the server, or from where the server redirects to. If
 * the redirect cannot be used, it sends the command again, until a response can be used or no retry
 * is left. For one thread at a time, except {@link #close}.
 */
final class ResponseReader implements ObjectReader {
  private final Session session;
  private final String command;
  private final RedirectTrail trail = new RedirectTrail();
  private Exchange exchange;
  private int index;
  private volatile ResponseSource source;
  private volatile boolean closed;
  private boolean delivered;
  private boolean finished;
  private @Nullable Hop hop;
  private @Nullable PeerException failure;

  ResponseReader(Session session, Exchange exchange, int index) {
    this.session = session;
    this.exchange = exchange;
    this.index = index;
    this.command = exchange.queue(index).command();
    this.source = new InlineSource(exchange, exchange.queue(index));
  }

  /**
   * Where the response was redirected to, as shown to people, and the target that it belongs to.
   */
  private record Hop(String shown, @Nullable ByteString target) {}

  @Override
  public long maxInMemory() {
    return session.options().limits().of(WireLimit.MAX_CBOR_BYTES);
  }

  @Override
  public @Nullable CborEvent next() throws PeerException {
    if (failure != null) {
      throw failure.again();
    }
    if (finished) {
      return null;
    }
    try {
      return advance();
    } catch (WireProtocolException e) {
      throw fail(explained(unusable(e)));
    } catch (PeerException e) {
      throw fail(explained(e));
    }
  }

  private @Nullable CborEvent advance() throws PeerException {
    while (true) {
      try {
        ResponseEvent event = source.next();
        if (event == null) {
          finished = true;
          source.close();
          return null;
        }
        if (event instanceof ResponseEvent.CommandFailed failed) {
          throw commandFailed(failed.error());
        }
        if (event instanceof ResponseEvent.MalformedRedirect malformed) {
          throw refused(malformed);
        }
        if (event instanceof ResponseEvent.Redirected redirected) {
          follow(redirected.location());
        } else {
          delivered = true;
          return ((ResponseEvent.ObjectReceived) event).event();
        }
      } catch (RedirectException e) {
        fallBack(e);
      }
    }
  }

  /** Notes where the response was redirected to. */
  private Hop arriveAt(@Nullable ByteString url) {
    ByteString target = session.redirects().targetOf(url, exchange.request(index).redirect());
    Hop here = new Hop(shown(url), target);
    hop = here;
    listener()
        .redirectReceived(
            new RedirectEvent.Received(
                command, here.shown(), target == null ? null : PeerText.line(target.toString())));
    return here;
  }

  private RedirectException refused(ResponseEvent.MalformedRedirect malformed) {
    arriveAt(malformed.url());
    return exchange.request(index).redirect() == null
        ? Redirects.notOffered()
        : new RedirectException(
            RedirectFault.BAD_LOCATION,
            "The location of the response is malformed: " + malformed.fault().getMessage(),
            malformed.fault());
  }

  private void follow(ContentLocation location) throws RedirectException {
    RedirectOffer offer = exchange.request(index).redirect();
    Hop here = arriveAt(location.url());
    Redirects.Followed followed = session.redirects().follow(location, offer);
    use(
        new RedirectedSource(
            followed,
            session.options().limits(),
            duration ->
                listener()
                    .redirectCompleted(
                        new RedirectEvent.Completed(
                            command, here.shown(), followed.download().delivered(), duration))));
  }

  /** Sends the command again without the target that failed, if that can help. */
  private void fallBack(RedirectException reason) throws PeerException {
    ResponseSource failed = source;
    Hop from = hop;
    if (from == null) {
      throw new IllegalStateException("a redirect failed that was not followed", reason);
    }
    boolean inTheMiddle =
        delivered && failed instanceof RedirectedSource before && before.isContinuable();
    CommandRequest request = exchange.request(index);
    boolean cancelled =
        closed || session.redirects().isClosed() || Thread.currentThread().isInterrupted();
    boolean retried =
        !cancelled
            && reason.fault() != RedirectFault.NOT_OFFERED
            && (!delivered || inTheMiddle)
            && !session.handshake().writes(request);
    RedirectEvent.Failed attempt =
        new RedirectEvent.Failed(
            command,
            from.shown(),
            reason.fault(),
            PeerText.line(String.valueOf(reason.getMessage())),
            retried);
    boolean first = trail.isEmpty();
    trail.add(attempt);
    failed.close();
    if (!cancelled) {
      exclude(reason, from.target());
      listener().redirectFailed(attempt);
    }
    if (!retried) {
      throw first && reason.fault() == RedirectFault.NOT_OFFERED
          ? notFollowed(from, reason)
          : trail.failure(command, null);
    }
    if (inTheMiddle) {
      trail.excludeAll();
    }
    Exchange next = session.exchange(request, trail, exchange.failures());
    exchange = next;
    index = 0;
    use(
        inTheMiddle
            ? new ContinuedSource(next, (RedirectedSource) failed)
            : new InlineSource(next, next.queue(0)));
    next.send();
  }

  private void exclude(RedirectException reason, @Nullable ByteString target) {
    if (target == null || reason.fault() == RedirectFault.NO_ROOM) {
      trail.excludeAll();
    } else {
      trail.exclude(target);
      session.redirects().failed(target);
    }
  }

  private void use(ResponseSource next) {
    source = next;
    if (closed) {
      next.close();
    }
  }

  private ExchangeListener listener() {
    return session.options().listener();
  }

  /** Returns the URL of a location, printable, without the query, which may be a secret. */
  private static String shown(@Nullable ByteString location) {
    if (location == null) {
      return "a location without a URL";
    }
    String url = location.toString();
    try {
      URI uri = new URI(location.utf8());
      String authority = uri.getRawAuthority();
      if (authority != null && authority.indexOf('@') >= 0) {
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        url = uri.getScheme() + "://" + place + uri.getRawPath();
      }
    } catch (URISyntaxException e) {
      // Shown unchanged, so that people see what is wrong with it.
    }
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private PeerException commandFailed(CommandError error) {
    String message =
        error.message().render(session.options().limits().intOf(WireLimit.MAX_TEXT_BYTES));
    return new CommandFailedException(command, PeerText.line(message), null);
  }

  private PeerException notFollowed(Hop from, RedirectException reason) {
    return new RedirectNotFollowedException(
        from.shown(),
        "The server redirects the response to "
            + command
            + " to "
            + from.shown()
            + "; redirects are not followed. Allow redirects, or report this to the server's"
            + " administrator.",
        reason);
  }

  private PeerException unusable(WireProtocolException fault) {
    return new PeerProtocolException(
        "The response to "
            + command
            + " cannot be used ("
            + fault.code().text()
            + "): "
            + fault.getMessage(),
        fault);
  }

  /** Adds the redirects that failed to an error, unless it is the command's own. */
  private PeerException explained(PeerException e) {
    boolean whole =
        trail.isEmpty()
            || e instanceof CommandFailedException
            || e instanceof RedirectFailedException
            || e instanceof RedirectNotFollowedException;
    return whole ? e : trail.failure(command, e);
  }

  @Override
  public PeerException fail(PeerException reason) {
    failure = reason;
    source.close();
    return reason;
  }

  @Override
  public void close() {
    closed = true;
    source.close();
  }
}
