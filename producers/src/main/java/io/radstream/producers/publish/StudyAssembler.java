package io.radstream.producers.publish;

import io.radstream.producers.publish.Pseudonymizer.Space;
import io.radstream.producers.publish.RawStudy.RawView;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Turns a source's study into the record that is published: the same input, the same record. */
record StudyAssembler(Pseudonymizer pseudonymizer, ViewNormaliser normaliser) {

  Study assemble(String source, RawStudy raw) throws RefusedStudyException {
    if (raw.views().isEmpty()) {
      throw new RefusedStudyException(RejectionReason.NO_VIEW, "the study has no image");
    }
    if (raw.report().getText().isBlank()) {
      throw new RefusedStudyException(RejectionReason.EMPTY_REPORT, "the report is empty");
    }
    return Study.newBuilder()
        .setStudyId(pseudonymizer.study(raw.study()))
        .setPatientId(pseudonymizer.pseudonym(Space.PATIENT, raw.patient()))
        .setSource(source)
        .setViews(views(raw))
        .setReport(raw.report())
        .build();
  }

  /** The labels of a study, under the id of its record; empty where the source knows none. */
  Optional<LabelledStudy> labels(String source, RawStudy raw) {
    if (raw.labels().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        LabelledStudy.newBuilder()
            .setId(pseudonymizer.study(raw.study()))
            .setSource(source)
            // In one order, so that the same labels are the same bytes.
            .setLabels(new TreeMap<>(raw.labels()))
            .build());
  }

  private List<View> views(RawStudy raw) throws RefusedStudyException {
    List<View> views = new ArrayList<>();
    for (RawView view : raw.views()) {
      int number = views.size() + 1;
      String viewId = pseudonymizer.pseudonym(Space.VIEW, raw.study() + '\0' + number);
      try {
        views.add(normaliser.normalise(viewId, view));
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
