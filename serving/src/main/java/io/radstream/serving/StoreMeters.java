package io.radstream.serving;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ObjectStore;

/** What goes between a service and an object store. */
final class StoreMeters {

  private StoreMeters() {}

  /** Nothing where checkpoints are in a directory. */
  static void register(CheckpointStore store, MeterRegistry meters) {
    store
        .objects()
        .ifPresent(
            stored -> {
              FunctionCounter.builder(
                      "radstream.store.read", stored.objects(), ObjectStore::readBytes)
                  .description("Copied from the object store of checkpoints")
                  .baseUnit("bytes")
                  .register(meters);
              FunctionCounter.builder(
                      "radstream.store.failures", stored.objects(), ObjectStore::failures)
                  .description("Calls to the object store of checkpoints that came to nothing")
                  .register(meters);
            });
  }
}
