package io.radstream.cli;

import io.radstream.cli.ranks.RankGroup;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a second SIGTERM or Ctrl-C does while the first is being heeded. Java itself passes over it,
 * and its own way to hear of signals can be compiled against only with a warning.
 */
final class SecondSignal {

  private static final int SIGNALLED = 128;

  /**
   * One that comes so soon is the first, sent to all processes of a group and by another as well.
   */
  private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private SecondSignal() {}

  /**
   * From now on a signal ends the process, with 128 and its number, 130 or 143, as the code. Where
   * another process passes on what it is asked, one more is the first: that of the other, which
   * comes when it comes.
   */
  static void endsAtOnce() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      long first = System.nanoTime();
      AtomicInteger left =
          new AtomicInteger(System.getenv(RankGroup.PASSES_ON_STOPS) == null ? 0 : 1);
      Object end =
          Proxy.newProxyInstance(
              SecondSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                boolean passedOn = left.getAndDecrement() > 0;
                if (!passedOn && System.nanoTime() - first > SAME_NANOS) {
                  Runtime.getRuntime().halt(SIGNALLED + (int) number.invoke(arguments[0]));
                }
                return null;
              });
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : List.of("TERM", "INT")) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), end);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A Java without it, or one that was told to leave signals alone: then the first has to do.
    }
  }
}
