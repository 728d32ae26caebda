package io.radstream.trainer.bisect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What was measured of a run by replays, and is not to be measured again. */
final class MeasuredFigures {

  private static final JsonMapper JSON = new JsonMapper();

  private final Optional<Path> file;
  private final NavigableMap<Long, Map<String, Double>> byStep = new TreeMap<>();

  /**
   * @param directory to keep it in
   * @throws IOException where what is there cannot be read
   */
  MeasuredFigures(Optional<Path> directory, String runId) throws IOException {
    this.file = directory.map(kept -> kept.resolve(runId + ".json"));
    if (file.isPresent() && Files.exists(file.get())) {
      byStep.putAll(
          JSON.readValue(
              file.get().toFile(), new TypeReference<TreeMap<Long, Map<String, Double>>>() {}));
    }
  }

  private static Map<String, Double> both(Map<String, Double> first, Map<String, Double> second) {
    Map<String, Double> both = new TreeMap<>(first);
    both.putAll(second);
    return both;
  }

  NavigableMap<Long, Map<String, Double>> byStep() {
    return byStep;
  }

  /**
   * @throws IOException where it cannot be kept
   */
  void add(long step, Map<String, Double> figures) throws IOException {
    byStep.merge(step, figures, MeasuredFigures::both);
    if (file.isPresent()) {
      Files.createDirectories(file.get().getParent());
      Path next = file.get().resolveSibling(file.get().getFileName() + ".new");
      JSON.writeValue(next.toFile(), byStep);
      Files.move(next, file.get(), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
