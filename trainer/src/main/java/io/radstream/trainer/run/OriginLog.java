package io.radstream.trainer.run;

import io.radstream.model.config.InitialWeights;
import io.radstream.model.pretrained.WeightOrigin;
import io.radstream.model.pretrained.WeightOrigin.Kind;
import io.radstream.model.pretrained.WeightOrigin.Part;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs what a network took of public weights: a summary, what was changed, and why. */
record OriginLog(InitialWeights initial) {

  private static final Logger LOG = LoggerFactory.getLogger(OriginLog.class);

  /** What is told in one line. */
  private record Group(Part part, Kind kind, String detail) {

    static Group of(WeightOrigin origin) {
      return new Group(origin.part(), origin.kind(), origin.detail());
    }
  }

  void tell(List<String> remarks, List<WeightOrigin> origins) {
    for (Part part : Part.values()) {
      List<WeightOrigin> here = origins.stream().filter(o -> o.part() == part).toList();
      if (!here.isEmpty()) {
        LOG.info("{} from {}: tensors {}", name(part), directory(part), counts(here));
        groups(here).forEach(OriginLog::tell);
      }
    }
    remarks.forEach(LOG::warn);
    origins.forEach(OriginLog::tellOne);
  }

  private String directory(Part part) {
    return switch (part) {
      case RADIOGRAPH -> initial.radiograph();
      case TEXT -> initial.text();
    };
  }

  private static String counts(List<WeightOrigin> origins) {
    Map<Kind, Long> counts =
        origins.stream()
            .sorted(Comparator.comparing(WeightOrigin::kind))
            .collect(
                Collectors.groupingBy(
                    WeightOrigin::kind, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> name(entry.getKey()) + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<Group, List<WeightOrigin>> groups(List<WeightOrigin> origins) {
    return origins.stream()
        .filter(origin -> !origin.detail().isEmpty())
        .sorted(Comparator.comparing(WeightOrigin::kind))
        .collect(Collectors.groupingBy(Group::of, LinkedHashMap::new, Collectors.toList()));
  }

  private static void tell(Group group, List<WeightOrigin> origins) {
    String more = origins.size() == 1 ? "" : " and %d more".formatted(origins.size() - 1);
    // What is public and stays at random may be meant, but must be seen.
    LOG.atLevel(group.kind() == Kind.SEEDED ? Level.WARN : Level.INFO)
        .log(
            "{}, {}: {}{} ({})",
            name(group.part()),
            name(group.kind()),
            origins.get(0).name(),
            more,
            group.detail());
  }

  private static void tellOne(WeightOrigin origin) {
    LOG.debug(
        "{}, {}: {} {}", name(origin.part()), name(origin.kind()), origin.name(), origin.detail());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
