package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Something asked of a broker by somebody who waits for the answer.
 *
 * @param <T> the answer
 */
@FunctionalInterface
interface BrokerQuestion<T> {

  T ask(Admin admin) throws ExecutionException, InterruptedException;

  /**
   * Asks, and gives up after seconds rather than Kafka's minute.
   *
   * @throws IOException where the broker does not answer or refuses
   */
  static <T> T ask(KafkaConnection connection, BrokerQuestion<T> question)
      throws IOException, InterruptedException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("request.timeout.ms", 5_000);
    config.put("default.api.timeout.ms", 10_000);
    config.put("reconnect.backoff.ms", 2_000);
    config.put("reconnect.backoff.max.ms", 5_000);
    config.putAll(connection.clientConfig());
    try (Admin admin = Admin.create(config)) {
      return question.ask(admin);
    } catch (ExecutionException e) {
      throw failure(connection, e.getCause());
    } catch (KafkaException e) {
      // Admin.create wraps what is wrong with an address or a property.
      throw failure(connection, e.getCause() == null ? e : e.getCause());
    }
  }

  private static IOException failure(KafkaConnection connection, Throwable cause) {
    String where = "broker " + connection.bootstrap();
    return cause instanceof TimeoutException
        ? new IOException(where + " does not answer; does it run, and can it be reached?", cause)
        : new IOException(where + ": " + cause.getMessage(), cause);
  }
}
