package io.radstream.tracking.tensorboard;

import io.radstream.tracking.EvaluationFigures;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import io.radstream.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A log directory of TensorBoard with a folder for each run, {@code <line>/<run>}, and one file of
 * events in it. The file is a function of the topics: it is written anew from the first record on,
 * takes the place of that of before once all is in it that was there, and then grows. So one that
 * TensorBoard reads already keeps its beginning, byte by byte. Each evaluation is a file of its own
 * in {@code evaluations} below the run.
 */
public final class TensorBoard implements Tracker {

  private static final String FILE = "events.out.tfevents.%d.radstream";

  // TensorBoard reads only what has "tfevents" in its name.
  private static final String WRITING = ".writing";

  /** What a run has so far. */
  private static final class Open {

    private final EventWriter events;
    private final Path written;
    private final Path shown;
    private final Map<String, Long> steps = new HashMap<>();
    private boolean isShown;

    Open(EventWriter events, Path written, Path shown) {
      this.events = events;
      this.written = written;
      this.shown = shown;
    }

    /** Of what no step so late was written yet. */
    void write(RunFigures figures) throws IOException {
      SortedMap<String, Double> fresh = new TreeMap<>(figures.values());
      fresh.keySet().removeIf(name -> steps.getOrDefault(name, -1L) >= figures.step());
      if (!fresh.isEmpty()) {
        events.scalars(figures.time(), figures.step(), Tags.of(fresh));
        fresh.keySet().forEach(name -> steps.put(name, figures.step()));
      }
    }

    void flush() throws IOException {
      events.flush();
      if (!isShown) {
        show(written, shown);
        isShown = true;
      }
    }

    void close() throws IOException {
      flush();
      events.close();
    }
  }

  private final Path directory;
  private final Map<String, Open> runs = new HashMap<>();
  private final Set<String> settings = new HashSet<>();

  public TensorBoard(Path directory) {
    this.directory = directory;
  }

  @Override
  public String place() {
    return directory.toString();
  }

  /** As text, in a run of its own beside the figures: they are known only later. */
  @Override
  public void settings(RunSettings told) throws IOException {
    if (settings.add(told.run())) {
      Path folder = folder(told.line(), told.run()).resolve("settings");
      Files.createDirectories(folder);
      Path written = folder.resolve(WRITING);
      try (EventWriter events = EventWriter.create(written, told.time())) {
        events.text(told.time(), "config.json", "```json\n" + told.json() + "\n```");
      }
      show(written, shown(folder, told.time()));
    }
  }

  /**
   * In a file of its own: evaluations of a run come in no order, and a file that once stood in
   * another one would not be what TensorBoard has read of it.
   */
  @Override
  public void evaluation(EvaluationFigures figures) throws IOException {
    Path folder = folder(figures.line(), figures.run()).resolve("evaluations");
    Files.createDirectories(folder);
    Path written = folder.resolve(WRITING);
    try (EventWriter events = EventWriter.create(written, figures.time())) {
      events.scalars(figures.time(), figures.step(), Tags.of(figures));
    }
    show(written, Path.of(shown(folder, figures.time()) + "." + safe(figures.id())));
  }

  @Override
  public void figures(RunFigures figures) throws IOException {
    Open run = runs.get(figures.run());
    if (run == null) {
      run = open(figures);
      runs.put(figures.run(), run);
    }
    run.write(figures);
  }

  private Open open(RunFigures first) throws IOException {
    Path folder = folder(first.line(), first.run());
    Files.createDirectories(folder);
    Path written = folder.resolve(WRITING);
    EventWriter events = EventWriter.create(written, first.time());
    return new Open(events, written, shown(folder, first.time()));
  }

  private static Path shown(Path folder, Instant began) {
    return folder.resolve(FILE.formatted(began.getEpochSecond()));
  }

  private static void show(Path written, Path shown) throws IOException {
    Files.move(written, shown, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path folder(String line, String run) {
    return directory.resolve(safe(line)).resolve(safe(run));
  }

  /** No name of a line or a run leaves the directory. */
  private static String safe(String name) {
    String kept = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return kept.startsWith(".") ? "_" + kept : kept;
  }

  @Override
  public void flush() throws IOException {
    for (Open run : runs.values()) {
      run.flush();
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Open run : runs.values()) {
      try {
        run.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
