package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.checkpoints.StoredFiles;
import io.radstream.objects.ObjectAddress;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.S3Connection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

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
    try {
      ObjectAddress address = ObjectAddress.parse(text);
      StoredFiles objects = new StoredFiles(ObjectStore.at(address, S3Connection.of(environment)));
      return new CheckpointStore(cache(address), objects);
    } catch (IllegalArgumentException e) {
      TypeConversionException failure = new TypeConversionException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** Of each store its own. */
  private Path cache(ObjectAddress address) {
    return Path.of(Optional.ofNullable(environment.apply(CACHE)).orElse(DEFAULT_CACHE))
        .resolve(address.bucket())
        .resolve(address.prefix());
  }
}
