package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Pretraining;
import io.radstream.experiments.results.TestedStudy;
import io.radstream.experiments.results.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A laboratory that takes no steps: writes down what it is asked for, and scores one study. */
final class CountingLaboratory implements Laboratory {

  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<String> breaking;
  private final int stopAfter;
  private final Runnable atEach;

  /**
   * @param breaking runs that fail
   * @param stopAfter asked for so much, it stops
   */
  CountingLaboratory(Set<String> breaking, int stopAfter) {
    this(breaking, stopAfter, () -> {});
  }

  /**
   * @param atEach is done at each run
   */
  CountingLaboratory(Set<String> breaking, int stopAfter, Runnable atEach) {
    this.breaking = breaking;
    this.stopAfter = stopAfter;
    this.atEach = atEach;
  }

  static CountingLaboratory willing() {
    return new CountingLaboratory(Set.of(), Integer.MAX_VALUE);
  }

  boolean stops() {
    return asked.size() >= stopAfter;
  }

  @Override
  public void check(Pretraining run) {}

  @Override
  public void check(Cell cell, Optional<Path> base) {}

  @Override
  public boolean prepare(String source) {
    return true;
  }

  @Override
  public Optional<TrainedNetwork> pretrain(Pretraining run, Optional<Path> base)
      throws IOException {
    return train(run.name(), run.line(), base);
  }

  @Override
  public Optional<TrainedNetwork> finetune(Cell cell, Optional<Path> base) throws IOException {
    return train(cell.name(), cell.line(), base);
  }

  private Optional<TrainedNetwork> train(String name, String line, Optional<Path> base)
      throws IOException {
    if (stops()) {
      return Optional.empty();
    }
    atEach.run();
    asked.add(name + base.map(path -> " on " + path.getFileName()).orElse(""));
    if (breaking.contains(name)) {
      throw new IOException("broken");
    }
    return Optional.of(new TrainedNetwork("run-of-" + line, line + "/3", "/store/" + name, 3));
  }

  @Override
  public Optional<List<TestedStudy>> test(Cell cell, TrainedNetwork network) {
    return Optional.of(
        List.of(TestedStudy.of("s", "p", new float[] {1, Float.NaN}, new float[] {0.5F, 0.5F})));
  }
}
