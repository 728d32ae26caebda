package io.radstream.experiments.file;

import io.radstream.experiments.file.FileForm.TargetForm;
import io.radstream.experiments.plan.Experiment.NamedSource;
import io.radstream.experiments.plan.Source;
import io.radstream.experiments.plan.Target;
import io.radstream.experiments.plan.Target.Split;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the file says of targets. */
record Targets(FileForm file) {

  private static final List<Double> WHOLE = List.of(1.0);

  List<Target> all() {
    Place place = new Place("targets");
    return place.filled(file.targets()).entrySet().stream()
        .map(entry -> read(place.of(entry.getKey()), entry))
        .toList();
  }

  private Target read(Place place, Map.Entry<String, TargetForm> entry) {
    TargetForm form = entry.getValue();
    String name = place.name(entry.getKey());
    Collection<String> sources = new Place("sources").filled(file.sources()).keySet();
    String source = place.of("source").known(form.source(), sources);
    return new Target(
        name,
        place.of("title").title(form.title(), name),
        Optional.ofNullable(form.paper()),
        source,
        form.testSource() == null
            ? source
            : place.of("testSource").known(form.testSource(), sources),
        findings(place.of("findings"), form.findings()),
        place.of("steps").between(form.steps(), 1L, Place.MOST_STEPS),
        Pairs.ofFineTuning(place.of("set"), form.set()),
        ratios(place, form.labelRatios()),
        split(place, form, source));
  }

  /** Where the experiment stages the source itself, it is known what there will be. */
  private Split split(Place place, TargetForm form, String source) {
    Split split =
        form.split() == null ? Split.TEST : place.of("split").oneOf(Split.class, form.split());
    String judged = Place.or(form.testSource(), source);
    for (NamedSource named : new Sources(file).all()) {
      if (named.name().equals(judged)
          && named.source() instanceof Source.Brought brought
          && (split == Split.TEST ? brought.test() : brought.validation()) == 0) {
        throw place
            .of("split")
            .wrong("source %s has no patients for %s".formatted(judged, split.label()));
      }
    }
    return split;
  }

  private static List<String> findings(Place place, List<String> findings) {
    if (place.given(findings).isEmpty()
        || findings.stream().anyMatch(finding -> finding == null || finding.isBlank())
        || Set.copyOf(findings).size() < findings.size()) {
      throw place.wrong("needs names of findings, each once");
    }
    return findings;
  }

  private List<Double> ratios(Place place, List<Double> own) {
    if (own != null) {
      return checked(place.of("labelRatios"), own);
    }
    return file.labelRatios() == null
        ? WHOLE
        : checked(new Place("labelRatios"), file.labelRatios());
  }

  private static List<Double> checked(Place place, List<Double> ratios) {
    if (ratios.isEmpty()
        || ratios.stream().anyMatch(ratio -> ratio == null || !(ratio > 0 && ratio <= 1))
        || Set.copyOf(ratios).size() < ratios.size()) {
      throw place.wrong("needs shares above 0 and up to 1, each once");
    }
    return ratios;
  }
}
