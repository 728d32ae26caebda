package io.radstream.serving.inference;

import io.radstream.serving.score.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may be asked for. */
enum Output {
  /** FP32, studies × findings: calibrated where that is possible. */
  PROBABILITIES,
  /** BYTES, findings: the names of the columns of {@link #PROBABILITIES}. */
  FINDING,
  /** BYTES, studies: the id of the checkpoint that answered for each. */
  CHECKPOINT,
  /** FP32, studies × dimensions; of checkpoints that have vectors. */
  VECTOR,
  /** FP32, studies × findings: as the network gives them, before they are calibrated. */
  RAW_PROBABILITIES,
  /** BYTES, studies: familiar, unfamiliar, or unknown, where nothing is known of that. */
  FAMILIARITY;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isText() {
    return this == FINDING || this == CHECKPOINT || this == FAMILIARITY;
  }

  /** -1 is any size. */
  List<Integer> shape() {
    return isText() ? List.of(-1) : List.of(-1, -1);
  }

  /** What a network gives that can do so much. */
  static List<Output> offered(Set<Capability> can) {
    return Arrays.stream(values())
        .filter(output -> output != VECTOR || can.contains(Capability.VECTORS))
        .toList();
  }

  static Optional<Output> of(String key) {
    return Arrays.stream(values()).filter(output -> output.key().equals(key)).findFirst();
  }

  static String keys() {
    return Arrays.stream(values()).map(Output::key).collect(Collectors.joining(", "));
  }
}
