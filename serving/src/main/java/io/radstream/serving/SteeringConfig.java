package io.radstream.serving;

import java.util.Optional;

/**
 * How it is steered which checkpoint answers.
 *
 * @param service name that all instances share which are to agree; its decisions are on the topic
 *     under it
 * @param keepsPrevious whether the checkpoint before the live one stays loaded, which costs the
 *     memory of a model, and makes the way back one swap
 */
public record SteeringConfig(String service, boolean keepsPrevious) {

  private static final String SERVICE = "radstream";
  private static final int LONGEST = 100;

  /**
   * @throws IllegalArgumentException where the name is blank or very long
   */
  public SteeringConfig {
    if (service.isBlank() || service.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a service's name has 1 to %d characters".formatted(LONGEST));
    }
  }

  /**
   * Keeps the previous checkpoint.
   *
   * @param line the only model line that is served: services of several lines are several services
   */
  public static SteeringConfig of(Optional<String> line) {
    return new SteeringConfig(line.map(name -> SERVICE + "-" + name).orElse(SERVICE), true);
  }
}
