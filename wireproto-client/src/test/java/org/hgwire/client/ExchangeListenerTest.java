// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.pull.PullListener;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeListenerTest {
  private final List<String> calls = new ArrayList<>();

  /** Returns a listener that notes every call, and wants frames if that is said. */
  private <T> T listener(Class<T> type, String name, boolean wantsFrames) {
    InvocationHandler noted =
        (proxy, method, arguments) -> {
          if (method.getName().equals("wantsFrames")) {
            return wantsFrames;
          }
          calls.add(name + "." + method.getName());
          return null;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, noted));
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == long.class) {
      return 1L;
    }
    return type == int.class ? (Object) 1 : null;
  }

  /** Calls every method of {@code listener} without a result, and returns their names. */
  private static List<String> callAll(Class<?> type, Object listener) throws Exception {
    List<String> names = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getReturnType() == void.class) {
        names.add(method.getName());
        method.invoke(
            listener,
            Stream.of(method.getParameterTypes()).map(ExchangeListenerTest::argument).toArray());
      }
    }
    return names;
  }

  private static List<String> bothIn(List<String> names) {
    return names.stream().flatMap(name -> Stream.of("first." + name, "second." + name)).toList();
  }

  @Test
  void bothListenersGetEveryCallInTurn() throws Exception {
    ExchangeListener both =
        new ExchangeListenerPair(
            listener(ExchangeListener.class, "first", true),
            listener(ExchangeListener.class, "second", true));
    List<String> names = callAll(ExchangeListener.class, both);
    assertThat(names).contains("requestStarted", "frameReceived", "attemptFailed");
    assertThat(calls).isEqualTo(bothIn(names));
  }

  @Test
  void bothPullListenersGetEveryCallInTurn() throws Exception {
    PullListener both =
        PullListener.NONE
            .andThen(listener(PullListener.class, "first", false))
            .andThen(listener(PullListener.class, "second", false));
    List<String> names = callAll(PullListener.class, both);
    assertThat(names).contains("stepStarted", "cloneBundleApplied");
    assertThat(calls).isEqualTo(bothIn(names));
  }

  @Test
  void framesGoOnlyToAListenerThatWantsThem() {
    Frame frame = Frame.of(1, 1, 1, FrameType.COMMAND_REQUEST, 1, ByteBuffer.allocate(0));
    ExchangeListener plain = listener(ExchangeListener.class, "plain", false);
    ExchangeListener frames = listener(ExchangeListener.class, "frames", true);
    for (ExchangeListener both :
        List.of(new ExchangeListenerPair(plain, frames), new ExchangeListenerPair(frames, plain))) {
      calls.clear();
      assertThat(both.wantsFrames()).isTrue();
      both.frameSent(frame);
      both.frameReceived(frame);
      assertThat(calls).containsExactly("frames.frameSent", "frames.frameReceived");
    }
    assertThat(new ExchangeListenerPair(plain, plain).wantsFrames()).isFalse();
  }

  @Test
  void composedListenersGetEventsOfAPeer() throws Exception {
    ScriptedServer server = new ScriptedServer().respond("heads", CborArray.of());
    List<String> urls = new ArrayList<>();
    ExchangeListener first =
        new ExchangeListener() {
          @Override
          public void requestStarted(String method, URI url) {
            urls.add("first " + method);
          }
        };
    ExchangeListener second =
        new ExchangeListener() {
          @Override
          public void requestStarted(String method, URI url) {
            urls.add("second " + method);
          }
        };
    ExchangeListener all = ExchangeListener.NONE.andThen(first).andThen(second);
    try (Peer peer = server.connect(PeerOptions.builder().listener(all))) {
      peer.heads();
    }
    assertThat(urls).containsExactly("first GET", "second GET", "first POST", "second POST");
  }
}
