package io.radstream.serving.inference;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request asks for.
 *
 * @param id the caller's name for the request, given back
 * @param studies at least one
 * @param outputs those that were named, in their order; empty where the caller wants all
 * @param binary whether outputs that are not named are to be binary
 */
public record InferenceRequest(
    Optional<String> id, List<StudyViews> studies, List<Wanted> outputs, boolean binary) {

  /** One output, as bytes behind the JSON or within it. */
  record Wanted(Output output, boolean binary) {}

  public InferenceRequest {
    studies = List.copyOf(studies);
    outputs = List.copyOf(outputs);
  }

  /**
   * What the network that answers must be able to do.
   *
   * @param offered what the one can do that would answer
   */
  public Set<Capability> needed(Set<Capability> offered) {
    return wanted(offered).stream().anyMatch(wanted -> wanted.output == Output.VECTOR)
        ? Set.of(Capability.VECTORS)
        : Set.of();
  }

  List<Wanted> wanted(Set<Capability> offered) {
    if (!outputs.isEmpty()) {
      return outputs;
    }
    return Output.offered(offered).stream().map(output -> new Wanted(output, binary)).toList();
  }
}
