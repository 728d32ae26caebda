package io.radstream.streams;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.report.ReportSections;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.radiology.report.Sides;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportSection;
import io.radstream.schemas.StudyTuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the training tuple of a merged study, or says why there is none. */
final class TupleMaker {

  private static final Logger LOG = LoggerFactory.getLogger(TupleMaker.class);

  private final StageConfig config;

  TupleMaker(StageConfig config) {
    this.config = config;
  }

  /**
   * @param revision of the tuple to make
   * @param origins the records that the study was merged from
   */
  Outcome make(MergedStudy study, int revision, List<RecordRef> origins) {
    if (study.views().isEmpty()) {
      return refused(RejectionReason.NO_VIEW, "no view arrived in time", "");
    }
    if (study.report().isEmpty()) {
      return refused(RejectionReason.NO_REPORT, "no final report arrived in time", "");
    }
    String text = study.report().map(Report::getText).orElseThrow();
    if (text.isBlank()) {
      return refused(RejectionReason.EMPTY_REPORT, "report is empty", text);
    }
    ReportSections sections = ReportSections.of(text);
    if (sections.kinds().isEmpty()) {
      return refused(
          RejectionReason.NO_FINDINGS_OR_IMPRESSION,
          "report has headings, but no text under Findings or Impression, nor elsewhere",
          text);
    }
    if (sections.words() < ReportSections.MIN_WORDS) {
      return refused(
          RejectionReason.REPORT_TOO_SHORT,
          "report has %d words; at least %d are needed"
              .formatted(sections.words(), ReportSections.MIN_WORDS),
          text);
    }
    try {
      return ready(study, sections, revision, origins);
    } catch (RuntimeException e) {
      // The native tokenizer reports whatever it cannot handle with a plain runtime exception.
      LOG.warn("A report could not be made into a tuple", e);
      return refused(RejectionReason.OTHER, "report cannot be tokenized", text);
    }
  }

  private Outcome ready(
      MergedStudy study, ReportSections sections, int revision, List<RecordRef> origins) {
    Optional<String> mirrored = mirrored(sections.text());
    StudyTuple.Builder builder =
        StudyTuple.newBuilder()
            .setStudyId(study.studyId())
            .setPatientId(study.patientId())
            .setViews(study.views())
            .setTokens(tokens(config.tokenizers().decoder(), sections.text()))
            .setEncoderTokens(encoderTokens(sections.text()))
            .setMirroredTokens(
                mirrored.map(text -> tokens(config.tokenizers().decoder(), text)).orElse(null))
            .setMirroredEncoderTokens(mirrored.map(this::encoderTokens).orElse(null))
            .setTokenizer(config.tokenizers().fingerprint())
            .setSections(flags(sections));
    // Where a tuple came from, and its number, are not what it says.
    StudyTuple content =
        builder.setRevision(0).setSelection(List.of()).setOrigins(List.of()).build();
    StudyTuple tuple =
        builder
            .setRevision(revision)
            .setSelection(selection(study, revision))
            .setOrigins(origins)
            .build();
    return new Outcome.Ready(tuple, digest(content));
  }

  /** Null where both text parts read the same. */
  private List<Integer> encoderTokens(String text) {
    ReportTokenizers tokenizers = config.tokenizers();
    return tokenizers.areShared() ? null : tokens(tokenizers.encoder(), text);
  }

  private List<Integer> tokens(ReportTokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, config.maxTokens())).boxed().toList();
  }

  /**
   * The text about the mirrored study, where both tokenizers know its words as well as those of the
   * text: one that has only one of the two sides would lose the other.
   */
  private Optional<String> mirrored(String text) {
    ReportTokenizers tokenizers = config.tokenizers();
    return Sides.mirror(text)
        .filter(
            other ->
                Stream.of(tokenizers.decoder(), tokenizers.encoder())
                    .allMatch(each -> each.unknown(other) == each.unknown(text)));
  }

  private List<Integer> selection(MergedStudy study, int revision) {
    int views = study.views().size();
    return Arrays.stream(ViewSelection.draw(config.seed(), study.studyId(), revision, 0, views))
        .boxed()
        .toList();
  }

  private static List<ReportSection> flags(ReportSections sections) {
    return sections.kinds().stream()
        .map(kind -> ReportSection.valueOf(kind.name()))
        .sorted()
        .toList();
  }

  private static String digest(StudyTuple content) {
    try {
      return Sha256.of(content.toByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }

  private static Outcome refused(RejectionReason reason, String message, String text) {
    String digest = reason + ":" + Sha256.of(text);
    return new Outcome.Refused(new Refusal(reason, message), digest);
  }
}
