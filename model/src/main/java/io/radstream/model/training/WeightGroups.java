package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.weights.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Weights with one learning rate and one decay: each group is updated by one operation. */
final class WeightGroups {

  private record Kind(boolean text, boolean decays) {}

  /**
   * The weights of a group.
   *
   * @param first place of their gradients
   */
  record Group(Kind kind, long first, List<String> names, PtNDArray[] weights) {

    double rate(LearningRates rates) {
      return kind.text() ? rates.text() : rates.radiograph();
    }

    double decay(OptimizerConfig config) {
      return kind.decays() ? config.weightDecay() : 0;
    }

    /** What an optimizer keeps of these weights, in their order. */
    PtNDArray[] of(Map<String, NDArray> byName) {
      return names.stream().map(byName::get).toArray(PtNDArray[]::new);
    }
  }

  private WeightGroups() {}

  /**
   * @param parameters as {@link #inGroups} orders them
   */
  static List<Group> of(List<Parameter> parameters) {
    List<Group> groups = new ArrayList<>();
    int first = 0;
    for (Map.Entry<Kind, List<Parameter>> group : groups(parameters).entrySet()) {
      List<Parameter> members = group.getValue();
      groups.add(
          new Group(
              group.getKey(),
              first,
              members.stream().map(Parameter::name).toList(),
              members.stream().map(Parameter::value).toArray(PtNDArray[]::new)));
      first += members.size();
    }
    return List.copyOf(groups);
  }

  /** Group by group, else in the order given. */
  static List<Parameter> inGroups(List<Parameter> parameters) {
    return groups(parameters).values().stream().flatMap(List::stream).toList();
  }

  private static Map<Kind, List<Parameter>> groups(List<Parameter> parameters) {
    return parameters.stream()
        .collect(
            Collectors.groupingBy(WeightGroups::kind, LinkedHashMap::new, Collectors.toList()));
  }

  private static Kind kind(Parameter parameter) {
    return new Kind(parameter.part().isText(), parameter.kind().decays());
  }
}
