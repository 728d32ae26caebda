package io.radstream.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka's clients, whose producers tell the counters how their transactions end. */
final class CountingClients extends DefaultKafkaClientSupplier {

  private final StageCounters counters;

  CountingClients(StageCounters counters) {
    this.counters = counters;
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return counted(super.getProducer(config), counters);
  }

  /** The same producer to its user. */
  @SuppressWarnings("unchecked") // the only interface that the proxy has
  static Producer<byte[], byte[]> counted(
      Producer<byte[], byte[]> producer, StageCounters counters) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> call(producer, method, arguments, counters));
  }

  private static Object call(
      Producer<byte[], byte[]> producer, Method method, Object[] arguments, StageCounters counters)
      throws Throwable {
    boolean commits = method.getName().equals("commitTransaction");
    // A producer that was fenced is not asked to abort: another one takes its place.
    if (method.getName().equals("abortTransaction")
        || method.getName().equals("initTransactions")) {
      counters.aborted();
    }
    try {
      Object result = method.invoke(producer, arguments);
      if (commits) {
        counters.committed();
      }
      return result;
    } catch (InvocationTargetException e) {
      if (commits) {
        counters.aborted();
      }
      throw e.getCause();
    }
  }
}
