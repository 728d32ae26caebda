package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.dataset.Refusals;
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
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * De-identifies all DICOM files under a directory on all cores, and puts them into their places in
 * the order of their names: of two that claim one UID it is always the first that is there. At most
 * as many files are in memory as there are cores.
 */
public final class DeidentifiedDirectory {

  /**
   * So many files a thread may be done before the one that is to be put into its place first: they
   * lie on disk, not in memory.
   */
  private static final int AHEAD = 8;

  private final FileTree tree;
  private final Path output;
  private final FileDeidentifier deidentifier;
  private final InstantSource clock;
  private final int threads;

  private final Deque<Future<Outcome>> underWay = new ArrayDeque<>();
  private final Tally tally = new Tally();
  private long begun;
  private long finished;

  /**
   * @param output must not lie in the tree
   */
  public DeidentifiedDirectory(
      FileTree tree, Path output, FileDeidentifier deidentifier, InstantSource clock) {
    this(tree, output, deidentifier, clock, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads that work; what they write is the same, however many they are
   */
  DeidentifiedDirectory(
      FileTree tree, Path output, FileDeidentifier deidentifier, InstantSource clock, int threads) {
    this.tree = tree;
    this.output = output;
    this.deidentifier = deidentifier;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Once. What an ended run has done is not done again, unless the file, the key, a setting or what
   * was written is another one.
   *
   * @param wanted is asked before each file whether to go on
   * @param progress is told how many files have been dealt with
   * @throws UncheckedIOException where the directory cannot be read, nothing can be written, or
   *     another run writes there
   */
  public DeidentifySummary run(BooleanSupplier wanted, LongConsumer progress) {
    Instant start = clock.instant();
    try (OutputFolder folder = OutputFolder.open(output)) {
      all(folder, wanted, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
    return tally.summary(seconds, wanted.getAsBoolean());
  }

  private void all(OutputFolder folder, BooleanSupplier wanted, LongConsumer progress)
      throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      tree.forEach(
          file -> {
            long number = ++begun;
            underWay.add(workers.submit(() -> outcome(file, folder, number)));
            finish(AHEAD * threads, folder, progress);
          },
          wanted);
      finish(0, folder, progress);
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  /** Whoever still writes must not be written beside. */
  private static void awaitEnd(ExecutorService workers) {
    try {
      workers.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome outcome(FoundFile file, OutputFolder folder, long number) {
    try {
      if (!tree.isDicom(file)) {
        return new Outcome.NoDicom();
      }
      byte[] bytes = tree.whole(file).orElse(null);
      return bytes == null ? new Outcome.Unfinished() : outcome(bytes, folder, number);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (NoSuchFileException e) {
      return new Outcome.Unfinished();
    } catch (IOException e) {
      return refused(Refusals.damaged("the file cannot be read"));
    } catch (RefusedStudyException e) {
      return refused(e);
    } catch (OutOfMemoryError e) {
      return refused(Refusals.noRoom());
    } catch (RuntimeException e) {
      // Whatever is wrong with a file, the others are none the worse for it.
      return new Outcome.Refused(
          RejectionReason.OTHER, "unexpected " + e.getClass().getSimpleName());
    }
  }

  private static Outcome refused(RefusedStudyException why) {
    return new Outcome.Refused(why.reason(), why.getMessage());
  }

  private Outcome outcome(byte[] bytes, OutputFolder folder, long number)
      throws RefusedStudyException {
    Fingerprint source = deidentifier.fingerprint(bytes);
    if (folder.mayHave(source)) {
      FileDeidentifier.Named named = deidentifier.named(bytes);
      if (folder.has(source, named.study(), named.instanceUid())) {
        return new Outcome.Done(named.study());
      }
    }
    Deidentified instance = deidentifier.deidentify(bytes);
    try {
      return new Outcome.Ready(folder.write(instance, source, number));
    } catch (IOException e) {
      // Nothing is wrong with this file: the next ones could not be written, either.
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the first ones until no more than so many are under way. */
  private void finish(int most, OutputFolder folder, LongConsumer progress) {
    while (underWay.size() > most) {
      try {
        settle(underWay.remove().get(), folder);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted", e));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UncheckedIOException cannotWrite) {
          throw cannotWrite;
        }
        throw new IllegalStateException("a file could not be de-identified", e.getCause());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      progress.accept(finished);
    }
  }

  private void settle(Outcome outcome, OutputFolder folder) throws IOException {
    finished++;
    if (outcome instanceof Outcome.Done done) {
      tally.count(done.study(), Placed.UNCHANGED);
    } else if (outcome instanceof Outcome.Ready ready) {
      Placed placed = folder.place(ready.file());
      tally.add(ready.file(), placed);
      if (placed == Placed.TAKEN) {
        tally.explain(
            finished,
            RejectionReason.OTHER,
            "another file is there under its new UID, or one made in another way, and was left as it"
                + " is");
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
