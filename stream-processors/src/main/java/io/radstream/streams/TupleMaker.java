package io.radstream.streams;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.report.ReportSections;
import io.radstream.radiology.report.Sides;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportSection;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.streams.StageConfig.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the training tuple of a merged study, or says why there is none. */
final class TupleMaker {

  private static final Logger LOG = LoggerFactory.getLogger(TupleMaker.class);

  /** Of a view; what they are, its field sha256 tells, by a check or by its sender's word. */
  private static final String PIXELS = "pixels";

  private final StageConfig config;
  private final Sides sides = new Sides();

  TupleMaker(StageConfig config) {
    this.config = config;
  }

  /**
   * @param mayLackReport whether a tuple without a report would replace none that has one
   * @param revision of the tuple to make
   * @param origins the records that the study was merged from
   */
  Outcome make(MergedStudy study, boolean mayLackReport, int revision, List<RecordRef> origins) {
    if (study.views().isEmpty()) {
      return refused(RejectionReason.NO_VIEW, "no view arrived in time", "");
    }
    ReportText report = ReportText.of(study.report());
    if (report instanceof ReportText.Unusable unusable) {
      return mayLackReport && config.reports() == Reports.OPTIONAL
          ? ready(study, TextTokens.NO_TEXT, List.of(), revision, origins)
          : refused(unusable.reason(), unusable.message(), unusable.text());
    }
    ReportSections sections = ((ReportText.Usable) report).sections();
    try {
      return ready(study, sections.text(), flags(sections), revision, origins);
    } catch (RuntimeException e) {
      // The native tokenizer reports whatever it cannot handle with a plain runtime exception.
      LOG.warn("A report could not be made into a tuple", e);
      return refused(
          RejectionReason.OTHER,
          "report cannot be tokenized",
          study.report().map(Report::getText).orElseThrow());
    }
  }

  private Outcome ready(
      MergedStudy study,
      String text,
      List<ReportSection> sections,
      int revision,
      List<RecordRef> origins) {
    TextTokens tokens = TextTokens.of(text, config.tokenizers());
    Optional<TextTokens> mirrored = mirrored(text, tokens);
    int most = config.maxTokens();
    StudyTuple.Builder builder =
        StudyTuple.newBuilder()
            .setStudyId(study.studyId())
            .setPatientId(study.patientId())
            .setTokens(tokens.decoder(most))
            .setEncoderTokens(tokens.encoder(most))
            .setMirroredTokens(mirrored.map(other -> other.decoder(most)).orElse(null))
            .setMirroredEncoderTokens(mirrored.map(other -> other.encoder(most)).orElse(null))
            .setTokenizer(config.tokenizers().fingerprint())
            .setSections(sections);
    // Where a tuple came from, and its number, are not what it says; and pixels have a digest.
    StudyTuple content =
        builder
            .setRevision(0)
            .setViews(List.of())
            .setSelection(List.of())
            .setOrigins(List.of())
            .build();
    StudyTuple tuple =
        builder
            .setRevision(revision)
            .setViews(study.views())
            .setSelection(selection(study, revision))
            .setOrigins(origins)
            .build();
    return new Outcome.Ready(tuple, digest(content, study.views()));
  }

  /**
   * A tuple that takes the earlier ones of its study back.
   *
   * @param patientId that the newest of them names
   */
  StudyTuple taken(String studyId, String patientId, int revision, List<RecordRef> origins) {
    return StudyTuple.newBuilder()
        .setStudyId(studyId)
        .setPatientId(patientId)
        .setRevision(revision)
        .setViews(List.of())
        .setSelection(List.of())
        .setTokens(List.of())
        .setTokenizer(config.tokenizers().fingerprint())
        .setSections(List.of())
        .setOrigins(origins)
        .build();
  }

  /**
   * The text about the mirrored study, where both tokenizers know its words as well as those of the
   * text: one that has only one of the two sides would lose the other. No text names no side.
   */
  private Optional<TextTokens> mirrored(String text, TextTokens tokens) {
    return sides
        .mirror(text)
        .map(other -> other.equals(text) ? tokens : TextTokens.of(other, config.tokenizers()))
        .filter(tokens::isAsKnown);
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

  private static String digest(StudyTuple content, List<View> views) {
    MessageDigest digest = Sha256.digest();
    try {
      digest.update(content.toByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    for (View view : views) {
      for (Schema.Field field : view.getSchema().getFields()) {
        if (!field.name().equals(PIXELS)) {
          String text = field.name() + '=' + view.get(field.pos()) + '\0';
          digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return Sha256.hex(digest);
  }

  private static Outcome refused(RejectionReason reason, String message, String text) {
    String digest = reason + ":" + Sha256.of(text);
    return new Outcome.Refused(new Refusal(reason, message), digest);
  }
}
