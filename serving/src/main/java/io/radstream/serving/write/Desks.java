package io.radstream.serving.write;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Desks of all models that write. Of the writing thread, but for what is said. */
final class Desks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Desks.class);

  private final int most;
  private final List<ModelDesk> desks = new ArrayList<>();
  private volatile int reports;
  private volatile boolean givenUp;

  /**
   * @param most reports that are written at a time
   */
  Desks(int most) {
    this.most = most;
  }

  /** Reports that are being written; callable on any thread. */
  int reports() {
    return reports;
  }

  boolean isFull() {
    return reports >= most;
  }

  /**
   * @param cast that the model is of; the report's from now on, unless this fails
   */
  void begin(
      ScoringModel model,
      AskedReport asked,
      Models.Cast cast,
      StudyViews views,
      ReportMeters meters) {
    ModelDesk desk = desk(model, meters);
    try {
      desk.begin(asked, cast, views);
      meters.begun(asked);
    } finally {
      settle();
    }
  }

  private ModelDesk desk(ScoringModel model, ReportMeters meters) {
    for (ModelDesk desk : desks) {
      if (desk.model() == model) {
        return desk;
      }
    }
    ModelDesk desk = new ModelDesk(model, meters);
    desks.add(desk);
    return desk;
  }

  /** One token more for each report. */
  void step() {
    for (ModelDesk desk : desks) {
      try {
        desk.step();
      } catch (RuntimeException | Error e) {
        desk.fail(e);
        desk.close();
      }
    }
    settle();
    if (givenUp) {
      close();
    }
  }

  private void settle() {
    desks.stream().filter(desk -> desk.size() == 0).forEach(ModelDesk::close);
    desks.removeIf(desk -> desk.size() == 0);
    reports = desks.stream().mapToInt(ModelDesk::size).sum();
  }

  /** What is not written after the next token fails; callable on any thread. */
  void giveUp() {
    givenUp = true;
  }

  /** All that is being written fails, and is let go of, whatever comes of that. */
  void drop(Throwable why) {
    List<ModelDesk> all = List.copyOf(desks);
    desks.clear();
    reports = 0;
    all.forEach(desk -> desk.fail(why));
    for (ModelDesk desk : all) {
      try {
        desk.close();
      } catch (RuntimeException | Error e) {
        LOG.atError().setCause(e).log("a model that wrote reports may stay loaded");
      }
    }
  }

  @Override
  public void close() {
    drop(WaitingReports.stopping());
  }
}
