package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.checkpoints.StoredFiles;
import io.radstream.objects.ObjectAddress;
import io.radstream.objects.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads where checkpoints are: a directory, or {@code s3://bucket/prefix}, reached by the variables
 * that the tools of AWS know. Nothing is asked of the store yet.
 */
final class StoreConverter implements ITypeConverter<CheckpointStore> {

  /** Names the directory that checkpoints are brought to, and written in first. */
  static final String CACHE = "RADSTREAM_STORE_CACHE";

  private static final String DEFAULT_CACHE = "checkpoint-cache";

  private final Function<String, String> environment;

  /**
   * @param environment variable to value, or null
   */
  StoreConverter(Function<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public CheckpointStore convert(String text) {
    if (!text.startsWith(ObjectAddress.SCHEME)) {
      return new CheckpointStore(Path.of(text));
    }
    ObjectStore objects = new ObjectStoreConverter(environment).convert(text);
    return new CheckpointStore(cache(objects.address()), new StoredFiles(objects));
  }

  /** Of each store its own. */
  private Path cache(ObjectAddress address) {
    return Path.of(Optional.ofNullable(environment.apply(CACHE)).orElse(DEFAULT_CACHE))
        .resolve(address.bucket())
        .resolve(address.prefix());
  }
}
