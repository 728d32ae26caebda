package io.radstream.cli.card;

import io.radstream.cli.card.StudyFacts.TextFacts;
import io.radstream.cli.card.StudyFacts.ViewFacts;
import io.radstream.radiology.report.ReportLanguage;
import io.radstream.radiology.report.ReportSections;
import io.radstream.schemas.Correction;
import io.radstream.schemas.Report;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the records of {@code studies} together, in their order: views by their id, the report of
 * the highest version, less what was taken back. Not thread-safe.
 */
final class StudyFold {

  private static final class Parts {
    private String patientId = "";
    private final Set<String> sources = new TreeSet<>();
    private final Map<String, ViewFacts> views = new LinkedHashMap<>();
    private int version;
    private Optional<String> reportId = Optional.empty();
    private Optional<TextFacts> report = Optional.empty();

    void retract(Correction correction) {
      correction.getRetractedViews().forEach(views::remove);
      if (correction.getReportRetracted()
          || reportId.filter(correction.getRetractedReports()::contains).isPresent()) {
        report = Optional.empty();
        version = 0;
      }
    }

    StudyFacts facts(Map<String, String> survivors) {
      String patient = patientId;
      for (int i = 0; i < survivors.size() && survivors.containsKey(patient); i++) {
        patient = survivors.get(patient);
      }
      return new StudyFacts(patient, List.of(), sources, views.values(), report);
    }
  }

  private final ReportLanguage language = new ReportLanguage();
  private final Map<String, Parts> studies = new HashMap<>();
  private final Map<String, String> survivors = new HashMap<>();

  void add(Study study) {
    Correction correction = study.getCorrection();
    if (correction != null && correction.getFormerPatientId() != null) {
      survivors.put(correction.getFormerPatientId(), study.getPatientId());
      return;
    }
    Parts parts = studies.computeIfAbsent(study.getStudyId(), id -> new Parts());
    parts.patientId = study.getPatientId();
    parts.sources.add(study.getSource());
    if (correction != null) {
      parts.retract(correction);
    }
    for (View view : study.getViews()) {
      parts.views.put(view.getViewId(), ViewFacts.of(view));
    }
    if (study.getReport() != null && study.getReport().getVersion() >= parts.version) {
      take(study.getReport(), parts);
    }
  }

  private void take(Report report, Parts parts) {
    ReportSections sections = ReportSections.of(report.getText());
    parts.version = report.getVersion();
    parts.reportId = Optional.ofNullable(report.getReportId());
    parts.report =
        Optional.of(
            new TextFacts(
                Math.toIntExact(sections.words()),
                Optional.of(language.of(sections.text()).orElse("unknown")),
                sections.kinds().stream().map(Enum::name).sorted().toList()));
  }

  /** Studies that records were about. */
  int studies() {
    return studies.size();
  }

  /** By study; those of which nothing is left are not among them. */
  Map<String, StudyFacts> facts() {
    Map<String, StudyFacts> facts = new HashMap<>();
    studies.forEach(
        (id, parts) -> {
          if (!parts.views.isEmpty() || parts.report.isPresent()) {
            facts.put(id, parts.facts(survivors));
          }
        });
    return facts;
  }

  /** Of a tuple that is not void. */
  static StudyFacts of(StudyTuple tuple) {
    List<String> sections = tuple.getSections().stream().map(Enum::name).sorted().toList();
    return new StudyFacts(
        tuple.getPatientId(),
        tuple.getOrigins(),
        Set.of(),
        tuple.getViews().stream().map(ViewFacts::of).toList(),
        tuple.getTokens().isEmpty()
            ? Optional.empty()
            : Optional.of(new TextFacts(tuple.getTokens().size(), Optional.empty(), sections)));
  }
}
