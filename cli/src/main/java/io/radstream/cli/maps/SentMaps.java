package io.radstream.cli.maps;

import io.radstream.results.maps.MapChoice;
import io.radstream.results.maps.ResultMaps;
import io.radstream.serving.arrivals.ScoreMaps;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pictures for each destination that takes them, all by one loaded checkpoint. For one thread. */
public final class SentMaps implements AutoCloseable {

  private final Optional<ScoreMaps> maps;
  private final MapChoice choice;
  private final Map<String, ResultMaps> byDestination = new TreeMap<>();

  /**
   * @param maps closed with this; empty where no pictures are wanted
   */
  public SentMaps(Optional<ScoreMaps> maps, MapChoice choice) {
    this.maps = maps;
    this.choice = choice;
  }

  /**
   * @param destination its name
   * @return empty where no pictures are wanted
   */
  public Optional<ResultMaps> to(String destination) {
    return maps.map(
        source ->
            byDestination.computeIfAbsent(
                destination, name -> new ResultMaps(new CheckpointMaps(source), choice)));
  }

  /** Those that were asked for, by the destination's name. */
  public Map<String, ResultMaps> all() {
    return Collections.unmodifiableMap(byDestination);
  }

  @Override
  public void close() {
    maps.ifPresent(ScoreMaps::close);
  }
}
