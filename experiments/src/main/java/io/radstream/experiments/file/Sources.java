package io.radstream.experiments.file;

import io.radstream.experiments.file.FileForm.JsonLinesForm;
import io.radstream.experiments.file.FileForm.PhantomsForm;
import io.radstream.experiments.file.FileForm.SourceForm;
import io.radstream.experiments.plan.Experiment.NamedSource;
import io.radstream.experiments.plan.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the file says of sources. */
record Sources(FileForm file) {

  private static final int VIEW_SIZE = 256;
  private static final double VALIDATION = 0.1;
  private static final double TEST = 0.2;

  List<NamedSource> all() {
    Place place = new Place("sources");
    return place.filled(file.sources()).entrySet().stream()
        .map(entry -> new NamedSource(entry.getKey(), read(place.of(entry.getKey()), entry)))
        .toList();
  }

  private Source read(Place place, Map.Entry<String, SourceForm> entry) {
    place.name(entry.getKey());
    SourceForm form = entry.getValue();
    if (form.phantoms() != null && form.jsonl() != null) {
      throw place.wrong("is phantoms or jsonl, and not both");
    }
    String prefix = Place.or(form.prefix(), "%s.%s.".formatted(file.name(), entry.getKey()));
    if (form.phantoms() != null) {
      return phantoms(place.of("phantoms"), form.phantoms(), prefix);
    }
    if (form.jsonl() != null) {
      return jsonLines(place.of("jsonl"), form.jsonl(), prefix);
    }
    return new Source.Topics(place.of("prefix").given(form.prefix()));
  }

  private static Source phantoms(Place place, PhantomsForm form, String prefix) {
    double validation = share(place.of("validation"), form.validation(), VALIDATION);
    double test = share(place.of("test"), form.test(), TEST);
    if (validation + test >= 1) {
      throw place.wrong("validation and test leave no patient to learn from");
    }
    return new Source.Phantoms(
        prefix,
        Objects.requireNonNullElse(form.seed(), 1L),
        place.of("first").least(Objects.requireNonNullElse(form.first(), 0L), 0L),
        place.of("studies").least(form.studies(), 1L),
        viewSize(place, form.viewSize()),
        validation,
        test);
  }

  /** A set that its makers cut has a file that is all test: then none of it is learned from. */
  private static Source jsonLines(Place place, JsonLinesForm form, String prefix) {
    double validation = share(place.of("validation"), form.validation(), VALIDATION);
    double test = share(place.of("test"), form.test(), TEST);
    if (validation + test > 1) {
      throw place.wrong("validation and test are more than all patients");
    }
    return new Source.JsonLines(
        prefix,
        place.of("path").given(form.path()),
        Objects.requireNonNullElse(form.withoutReports(), false),
        viewSize(place, form.viewSize()),
        validation,
        test);
  }

  private static int viewSize(Place place, Integer given) {
    return place.of("viewSize").least(Objects.requireNonNullElse(given, VIEW_SIZE), 32);
  }

  private static double share(Place place, Double given, double otherwise) {
    double share = Optional.ofNullable(given).orElse(otherwise);
    if (!(share >= 0 && share <= 1)) {
      throw place.wrong("is from 0 to 1, and not " + share);
    }
    return share;
  }
}
