package io.radstream.cli.card;

import io.radstream.cli.card.StudyFacts.TextFacts;
import io.radstream.cli.card.StudyFacts.ViewFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts studies, views and reports. */
final class CardCount {

  private static final int MANY_VIEWS = 4;

  private final Collection<StudyFacts> studies;
  private final List<ViewFacts> views;
  private final List<TextFacts> reports;
  private final SmallCells cells;

  CardCount(Collection<StudyFacts> studies, SmallCells cells) {
    this.studies = studies;
    this.views = studies.stream().flatMap(study -> study.views().stream()).toList();
    this.reports = studies.stream().flatMap(study -> study.report().stream()).toList();
    this.cells = cells;
  }

  Map<String, Long> totals(long withdrawn, long takenBack, long unreadable) {
    Set<String> patients = new HashSet<>();
    studies.forEach(study -> patients.add(study.patientId()));
    Map<String, Long> totals = new LinkedHashMap<>();
    totals.put("studies", (long) studies.size());
    totals.put("patients", (long) patients.size());
    totals.put("views", (long) views.size());
    long days = views.stream().flatMap(view -> view.day().stream()).distinct().count();
    if (days > 0) {
      totals.put("days", days);
    }
    totals.put("withdrawn", withdrawn);
    totals.put("taken_back", takenBack);
    totals.put("unreadable_records", unreadable);
    totals.replaceAll((name, count) -> cells.shown(count));
    return totals;
  }

  /** Each makes up studies, views, or reports. */
  Map<String, Map<String, Long>> parts(Map<String, Long> rejected) {
    Map<String, Map<String, Long>> parts = new LinkedHashMap<>();
    parts.put("reports", of(studies, study -> study.report().isPresent() ? "with" : "without"));
    parts.put("views_a_study", of(studies, CardCount::views));
    parts.put("sources", of(studies, study -> String.join(" + ", study.sources())));
    parts.put("projections", of(views, view -> view.projection().name()));
    parts.put("laterality", of(views, view -> view.laterality().name()));
    parts.put("years", of(views, CardCount::year));
    parts.put("languages", of(reports, report -> report.language().orElse("")));
    parts.put("sections", of(reports, report -> String.join(" + ", report.sections())));
    parts.put("rejected", new TreeMap<>(rejected));
    parts.values().removeIf(counts -> counts.keySet().stream().allMatch(String::isEmpty));
    parts.replaceAll((name, counts) -> cells.shown(counts));
    return parts;
  }

  private static String views(StudyFacts study) {
    int count = study.views().size();
    return count < MANY_VIEWS ? Integer.toString(count) : MANY_VIEWS + " or more";
  }

  private static String year(ViewFacts view) {
    return view.day().map(day -> Integer.toString(day.getYear())).orElse("unknown");
  }

  private static <T> Map<String, Long> of(Collection<T> things, Function<T, String> name) {
    return things.stream()
        .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
  }

  Map<String, Spread> spreads() {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    put(spreads, "original_side", views.stream().map(ViewFacts::original));
    put(spreads, "encoded_side", views.stream().map(ViewFacts::encoded));
    boolean haveWords = reports.stream().anyMatch(report -> report.language().isPresent());
    put(
        spreads,
        haveWords ? "report_words" : "report_tokens",
        reports.stream().map(TextFacts::length));
    return spreads;
  }

  private void put(Map<String, Spread> spreads, String name, Stream<Integer> values) {
    Optional<Spread> spread = Spread.of(values.toList(), cells);
    spread.ifPresent(it -> spreads.put(name, it));
  }
}
