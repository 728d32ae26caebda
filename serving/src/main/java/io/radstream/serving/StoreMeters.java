package io.radstream.serving;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.ObjectStore;
import java.util.Optional;

/** What goes between a service and object stores. */
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

  /** Nothing where pictures at full resolution are not read. */
  static void register(Optional<ClaimedObjects> originals, MeterRegistry meters) {
    originals.ifPresent(
        objects -> {
          FunctionCounter.builder("radstream.originals.read", objects, ClaimedObjects::readBytes)
              .description("Copied from the object store of pictures at full resolution")
              .baseUnit("bytes")
              .register(meters);
          FunctionCounter.builder("radstream.originals.failures", objects, ClaimedObjects::failures)
              .description("Calls to the object store of pictures that came to nothing")
              .register(meters);
        });
  }
}
