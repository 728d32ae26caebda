package io.radstream.trainer.traits;

import static java.util.stream.Collectors.toSet;

import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is known of studies from the topics of a run. */
public final class TraitsReader {

  private record Found(String studyId, List<RecordRef> origins, Map<Trait, Set<String>> values) {

    StudyTraits with(Map<RecordRef, String> sites) {
      values.put(
          Trait.SITE,
          origins.stream().flatMap(at -> Stream.ofNullable(sites.get(at))).collect(toSet()));
      return new StudyTraits(studyId, values);
    }
  }

  private final Map<String, SourceTopics> sources;

  public TraitsReader(Collection<SourceTopics> sources) {
    this.sources =
        sources.stream().collect(Collectors.toMap(SourceTopics::name, Function.identity()));
  }

  /**
   * Reads the tuples, and once over the part of {@code studies} that they were merged from. What
   * retention has taken from there is not known any more.
   *
   * @throws IllegalStateException where a tuple is gone from its topic
   */
  public Map<StudyPlace, StudyTraits> read(Collection<StudyPlace> places) {
    Map<StudyPlace, StudyTraits> traits = new HashMap<>();
    places.stream()
        .collect(
            Collectors.groupingBy(StudyPlace::source, Collectors.mapping(StudyPlace::ref, toSet())))
        .forEach((source, refs) -> read(sources.get(source), refs, traits));
    return traits;
  }

  /**
   * Who published records of {@code studies}; what is not held any more, or cannot be read, is not
   * among them.
   */
  public static Map<RecordRef, String> sites(SourceTopics source, Set<RecordRef> records) {
    return new SiteReader(source).read(records);
  }

  private static void read(
      SourceTopics source, Set<TupleRef> refs, Map<StudyPlace, StudyTraits> traits) {
    Map<TupleRef, Found> found = new HashMap<>();
    try (TupleReader reader =
        TupleReader.open(source.clients(), source.connection(), Topic.TUPLES_TRAIN)) {
      reader.read(
          refs,
          (ref, tuple, time, origin) ->
              found.put(
                  ref,
                  new Found(
                      tuple.getStudyId(), tuple.getOrigins(), values(source.name(), tuple, time))));
    }
    Map<RecordRef, String> sites =
        sites(
            source,
            found.values().stream().flatMap(one -> one.origins().stream()).collect(toSet()));
    found.forEach((ref, one) -> traits.put(new StudyPlace(source.name(), ref), one.with(sites)));
  }

  private static Map<Trait, Set<String>> values(String source, StudyTuple tuple, long time) {
    List<View> views = tuple.getViews();
    Map<Trait, Set<String>> values = new EnumMap<>(Trait.class);
    values.put(Trait.SOURCE, Set.of(source));
    values.put(Trait.PROJECTION, each(views, view -> view.getProjection().name()));
    values.put(
        Trait.DETECTOR,
        each(views, view -> view.getOriginalWidth() + "x" + view.getOriginalHeight()));
    values.put(
        Trait.DAY,
        time < 0
            ? Set.of()
            : Set.of(LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC).toString()));
    return values;
  }

  private static Set<String> each(List<View> views, Function<View, String> value) {
    return views.stream().map(value).collect(toSet());
  }
}
