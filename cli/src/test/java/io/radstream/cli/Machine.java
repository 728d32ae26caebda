package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.TestBucket.Bucket;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * A machine that has a bucket in common with others.
 *
 * @param disk its own
 */
record Machine(Bucket bucket, Path disk) {

  CheckpointStore store() {
    return converter().convert(bucket.address().toString());
  }

  CommandLine command() {
    CommandLine command = Radstream.commandLine();
    command.registerConverter(CheckpointStore.class, converter());
    command.registerConverter(
        ObjectStore.class, new ObjectStoreConverter(bucket.environment()::get));
    return command;
  }

  private StoreConverter converter() {
    return new StoreConverter(
        name ->
            name.equals(StoreConverter.CACHE) ? disk.toString() : bucket.environment().get(name));
  }
}
