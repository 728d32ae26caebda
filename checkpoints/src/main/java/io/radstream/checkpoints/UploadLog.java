package io.radstream.checkpoints;

import io.radstream.objects.WrittenBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells now and then how far a checkpoint is on its way. */
final class UploadLog implements WrittenBytes {

  private static final Logger LOG = LoggerFactory.getLogger(UploadLog.class);
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final String checkpoint;
  private final long bytes;
  private long sent;
  private long told = System.nanoTime();

  UploadLog(Checkpoint checkpoint) throws IOException {
    this.checkpoint = checkpoint.id();
    long all = 0;
    for (String file : checkpoint.state().files().keySet()) {
      all += Files.size(checkpoint.file(file));
    }
    this.bytes = all;
  }

  @Override
  public void wrote(long more) {
    sent += more;
    if (System.nanoTime() - told > BETWEEN.toNanos()) {
      told = System.nanoTime();
      LOG.info("checkpoint {}: {} of {} MiB are in the store", checkpoint, sent >> 20, bytes >> 20);
    }
  }
}
