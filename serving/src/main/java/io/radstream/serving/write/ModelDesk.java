package io.radstream.serving.write;

import io.radstream.model.generation.ReportDesk;
import io.radstream.model.generation.ReportInHand;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The reports that one model is writing. There is one only while the model is held by one of them.
 * Of the writing thread.
 */
final class ModelDesk implements AutoCloseable {

  private final ScoringModel model;
  private final ReportDesk desk;
  private final ReportMeters meters;
  private final List<OpenReport> reports = new ArrayList<>();

  /**
   * @throws io.radstream.serving.score.NotCapableException where the model writes no reports
   */
  ModelDesk(ScoringModel model, ReportMeters meters) {
    this.model = model;
    this.desk = model.desk();
    this.meters = meters;
  }

  ScoringModel model() {
    return model;
  }

  int size() {
    return reports.size();
  }

  /**
   * @param cast that the model is of; the report's from now on, unless this fails
   * @throws io.radstream.radiology.study.UnusableViewException where a view is no radiograph
   */
  void begin(AskedReport asked, Models.Cast cast, StudyViews views) {
    StudyInput input = model.prepare(views);
    ReportInHand report =
        desk.begin(
            input.images(),
            asked.question().options(model.writing()),
            asked.question().draw().map(ReportQuestion.Draw::sampling));
    reports.add(new OpenReport(asked, cast, model, input.studyId(), report, meters));
  }

  /** One token more for each report; those that are over leave. */
  void step() {
    leave();
    if (reports.isEmpty()) {
      return;
    }
    meters.stepped(reports.size());
    desk.step();
    reports.forEach(ModelDesk::tell);
    leave();
  }

  private static void tell(OpenReport report) {
    try {
      report.tell();
    } catch (RuntimeException | Error e) {
      report.fail(e);
    }
  }

  private void leave() {
    List<OpenReport> over = reports.stream().filter(OpenReport::isOver).toList();
    over.forEach(report -> desk.leave(report.report()));
    reports.removeAll(over);
    if (reports.isEmpty()) {
      desk.close();
    }
    // The last one that lets go of the model closes it.
    over.forEach(OpenReport::close);
  }

  /** All that is not written fails. */
  void fail(Throwable why) {
    reports.forEach(report -> report.fail(why));
  }

  /** The model may be closed by this: the desk goes first. */
  @Override
  public void close() {
    desk.close();
    List.copyOf(reports).forEach(OpenReport::close);
    reports.clear();
  }
}
