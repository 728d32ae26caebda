package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.deidentify.OutputFolder.Placed;
import io.radstream.producers.dicom.directory.FileTree;
import io.radstream.producers.dicom.directory.FoundFile;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * De-identifies all DICOM files under a directory on all cores, and writes them in the order of
 * their names: of two that claim one UID it is always the first that is written. At most one file
 * more than there are cores is in memory.
 */
public final class DeidentifiedDirectory {

  private final FileTree tree;
  private final OutputFolder output;
  private final FileDeidentifier deidentifier;
  private final InstantSource clock;
  private final int threads = Runtime.getRuntime().availableProcessors();

  private final Deque<Future<Outcome>> underWay = new ArrayDeque<>();
  private final Tally tally = new Tally();
  private long finished;

  /**
   * @param output must not lie in the tree
   */
  public DeidentifiedDirectory(
      FileTree tree, Path output, FileDeidentifier deidentifier, InstantSource clock) {
    this.tree = tree;
    this.output = new OutputFolder(output);
    this.deidentifier = deidentifier;
    this.clock = clock;
  }

  /**
   * Once.
   *
   * @param wanted is asked before each file whether to go on
   * @param progress is told how many files have been dealt with
   * @throws UncheckedIOException where the directory cannot be read, or nothing can be written
   */
  public DeidentifySummary run(BooleanSupplier wanted, LongConsumer progress) {
    Instant start = clock.instant();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      tree.forEach(
          file -> {
            underWay.add(workers.submit(() -> outcome(file)));
            finish(threads, progress);
          },
          wanted);
      finish(0, progress);
    } finally {
      workers.shutdownNow();
    }
    double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
    return tally.summary(seconds, wanted.getAsBoolean());
  }

  private Outcome outcome(FoundFile file) {
    try {
      if (!tree.isDicom(file)) {
        return new Outcome.NoDicom();
      }
      byte[] bytes = tree.whole(file).orElse(null);
      return bytes == null
          ? new Outcome.Unfinished()
          : new Outcome.Ready(deidentifier.deidentify(bytes));
    } catch (NoSuchFileException e) {
      return new Outcome.Unfinished();
    } catch (IOException e) {
      return new Outcome.Refused(RejectionReason.INVALID_RECORD, "the file cannot be read");
    } catch (RefusedStudyException e) {
      return new Outcome.Refused(e.reason(), e.getMessage());
    } catch (RuntimeException e) {
      // Whatever is wrong with a file, the others are none the worse for it.
      return new Outcome.Refused(
          RejectionReason.OTHER, "unexpected " + e.getClass().getSimpleName());
    }
  }

  /** Waits for the first ones until no more than so many are under way. */
  private void finish(int most, LongConsumer progress) {
    while (underWay.size() > most) {
      try {
        settle(underWay.remove().get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted", e));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a file could not be de-identified", e.getCause());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      progress.accept(finished);
    }
  }

  private void settle(Outcome outcome) throws IOException {
    finished++;
    if (outcome instanceof Outcome.Ready ready) {
      Placed placed = output.place(ready.instance());
      tally.add(ready.instance(), placed);
      if (placed == Placed.TAKEN) {
        tally.explain(
            finished,
            RejectionReason.OTHER,
            "another file is there under its new UID, and was left as it is");
      }
    } else if (outcome instanceof Outcome.Refused refused) {
      tally.refuse(finished, refused.reason(), refused.explanation());
    } else if (outcome instanceof Outcome.NoDicom) {
      tally.countNoDicom();
    } else {
      tally.countUnfinished();
    }
  }
}
