package io.radstream.experiments.plan;

import java.util.List;

/**
 * Shape of a network and how it learns.
 *
 * @param preset of runs, for example {@code tiny}
 * @param variant {@code paper} or {@code released}
 * @param settings that differ from it, {@code key=value}
 */
public record Network(String preset, String variant, List<String> settings) {

  public Network {
    settings = List.copyOf(settings);
  }
}
