package io.radstream.serving.decisions;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.ModelDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The topic of decisions inside of a test: all its readers get the same records in one order. */
public final class LocalTopic implements DecisionLog.Outlet {

  private final List<ModelDecision> records = new ArrayList<>();
  private final List<DecisionLog> readers = new ArrayList<>();
  private boolean away;

  /** A reader that has read what was there before. */
  public synchronized DecisionLog read(String service, MeterRegistry meters) {
    DecisionLog log = unread(service, meters);
    catchUp(log);
    return log;
  }

  /** A reader that has read nothing yet. */
  public synchronized DecisionLog unread(String service, MeterRegistry meters) {
    return new DecisionLog(service, this, meters);
  }

  public synchronized void catchUp(DecisionLog log) {
    log.accept(List.copyOf(records), true);
    readers.add(log);
  }

  /** From now on nothing is taken, or all is taken again. */
  public synchronized void away(boolean now) {
    away = now;
  }

  @Override
  public synchronized void send(
      ModelDecision decision, BooleanSupplier wanted, Consumer<Throwable> failed) {
    if (away) {
      failed.accept(new IOException("the broker is away"));
      return;
    }
    records.add(decision);
    List.copyOf(readers).forEach(reader -> reader.accept(List.of(decision), true));
  }

  public synchronized List<ModelDecision> records() {
    return List.copyOf(records);
  }
}
