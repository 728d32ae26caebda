package io.radstream.producers.publish;

import io.opentelemetry.api.trace.StatusCode;
import io.radstream.producers.notice.Fault;
import io.radstream.producers.publish.Preparation.Outgoing;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a consignment, and who is to be told.
 *
 * @param marks by the key that they have on their topic
 */
record Sending(List<Outgoing> records, Map<String, String> marks, Receipt receipt) {

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  Sending {
    records = List.copyOf(records);
    marks = Map.copyOf(marks);
  }

  long bytes() {
    return records.stream().mapToLong(it -> it.record().value().length).sum();
  }

  void acknowledged() {
    records.forEach(each -> each.span().end());
    tell(receipt::acknowledged);
  }

  void failed(String explanation) {
    records.forEach(each -> each.span().setStatus(StatusCode.ERROR).end());
    tell(() -> receipt.failed(explanation));
  }

  /** Whatever fails at the source's side must not end the thread that tells. */
  private static void tell(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      LOG.error("whoever sent a part cannot be told what became of it: {}", Fault.of(e));
    }
  }
}
