package io.radstream.producers.publish;

import io.radstream.producers.publish.Pseudonymizer.Space;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.FindingBox;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Turns a part of a study into the record that is published: the same input, the same record. */
record StudyAssembler(Pseudonymizer pseudonymizer, ViewNormaliser normaliser) {

  /** Empty where the part has nothing but labels. */
  Optional<Study> assemble(String source, StudyPart part) throws RefusedStudyException {
    if (part.views().isEmpty() && part.report().isEmpty()) {
      if (part.labels().isEmpty()) {
        throw new RefusedStudyException(
            RejectionReason.NO_VIEW, "there is neither an image, nor a report, nor a label");
      }
      return Optional.empty();
    }
    if (part.report().filter(report -> report.getText().isBlank()).isPresent()) {
      throw new RefusedStudyException(RejectionReason.EMPTY_REPORT, "the report is empty");
    }
    return Optional.of(
        Study.newBuilder()
            .setStudyId(pseudonymizer.study(part.study()))
            .setPatientId(pseudonymizer.pseudonym(Space.PATIENT, part.patient()))
            .setSource(source)
            .setViews(views(part))
            .setReport(part.report().orElse(null))
            .build());
  }

  /**
   * The labels of a part, under the id of its record; empty where the source knows none.
   *
   * @param views of the record, in the order of the part's
   */
  Optional<LabelledStudy> labels(String source, StudyPart part, List<View> views) {
    List<FindingBox> boxes = BoxScale.boxes(part.views(), views);
    if (part.labels().isEmpty() && boxes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        LabelledStudy.newBuilder()
            .setId(pseudonymizer.study(part.study()))
            .setSource(source)
            // In one order, so that the same labels are the same bytes.
            .setLabels(new TreeMap<>(part.labels()))
            .setBoxes(boxes)
            .build());
  }

  private List<View> views(StudyPart part) throws RefusedStudyException {
    List<View> views = new ArrayList<>();
    for (RawView view : part.views()) {
      int number = views.size() + 1;
      String studyId = pseudonymizer.study(part.study());
      String viewId = pseudonymizer.view(part.study(), view.key());
      try {
        views.add(normaliser.normalise(studyId, viewId, view));
      } catch (UnreadableImageException e) {
        throw new RefusedStudyException(
            reasonFor(e.reason()), "image " + number + ": " + e.getMessage());
      }
    }
    return views;
  }

  private static RejectionReason reasonFor(UnreadableImageException.Reason reason) {
    return switch (reason) {
      case UNDECODABLE -> RejectionReason.UNDECODABLE_IMAGE;
      case TOO_SMALL -> RejectionReason.IMAGE_TOO_SMALL;
      case TOO_LARGE -> RejectionReason.IMAGE_TOO_LARGE;
    };
  }
}
