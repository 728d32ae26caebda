package io.radstream.cli;

import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.Tries;
import io.radstream.schemas.OriginalPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Mixin: where pictures at full resolution may be read. */
final class OriginalsOption {

  /** In seconds, before the one further try. */
  private static final long SERVICE_PAUSE = 1;

  @Option(
      names = "--originals",
      paramLabel = "ADDRESS",
      description =
          "s3://BUCKET/PREFIX, below which pictures at full resolution may be read: what a record"
              + " says that lies elsewhere is not read. Needed where data.views is original in a run's"
              + " settings, or was in those of a checkpoint's. Repeatable.")
  private List<ObjectStore> stores = new ArrayList<>();

  /** Empty where nothing is said of them. */
  Optional<ClaimedObjects> objects() {
    return stores.isEmpty()
        ? Optional.empty()
        : Optional.of(ClaimedObjects.of(stores, OriginalPlace.MOST_BYTES));
  }

  /**
   * The same for a service, which waits by itself where a store is away, and may be stopped then.
   */
  Optional<ClaimedObjects> forService() {
    return stores.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClaimedObjects(stores, OriginalPlace.MOST_BYTES, Tries.after(SERVICE_PAUSE)));
  }

  /** As they were given, for another process. */
  List<String> arguments() {
    return stores.stream().map(store -> "--originals=" + store.address()).toList();
  }
}
