package io.radstream.streams;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.Study;
import io.radstream.schemas.ViewedStudy;
import io.radstream.streams.StudyAssembly.Assembled;
import java.time.Instant;

/** Sends the views of a study on as soon as they come, for whoever scores it. */
final class ViewsAtOnce {

  private final StudyAssembly assembly;
  private final Patients patients;
  private final StageOutputs outputs;
  private final StageConfig.Views rule;

  ViewsAtOnce(
      StudyAssembly assembly, Patients patients, StageOutputs outputs, StageConfig.Views rule) {
    this.assembly = assembly;
    this.patients = patients;
    this.outputs = outputs;
    this.rule = rule;
  }

  /**
   * Where the newest part brings a view or takes something back. What cannot be put together is
   * told when the study is decided.
   *
   * @param part the newest one
   * @param newest record that is dealt with; a part that waited comes with the record that explains
   *     it
   * @param now stream time in milliseconds
   */
  void send(byte[] key, Study part, StudyProgress study, RecordRef newest, long now) {
    boolean concernsViews = !part.getViews().isEmpty() || StudyMerge.takesBack(part);
    if (rule == StageConfig.Views.WAIT || !concernsViews) {
      return;
    }
    String patient = patients.survivor(study.patientId());
    Assembled whole = assembly.of(part.getStudyId(), patient, study.parts());
    if (whole instanceof Assembled.Whole found) {
      ViewedStudy viewed =
          ViewedStudy.newBuilder()
              .setStudyId(part.getStudyId())
              .setRevision(newest.getOffset())
              .setViews(found.study().views())
              .setArrivedAt(Instant.ofEpochMilli(now))
              .build();
      outputs.views(key, viewed, found.publications());
    }
  }
}
