package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.SeededWeights;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPartsTest {

  private NDManager manager;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void open() {
    manager = ComputeDevice.best().newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static List<ModelConfig> configs() {
    Objectives all = new Objectives(1, 1, 1, 0.1, 1, LanguageMean.REPORT);
    List<String> findings = List.of("Edema");
    return List.of(
        SmallNetworks.with(SmallNetworks.paper(0), all, findings),
        SmallNetworks.with(SmallNetworks.released(0), all, findings));
  }

  private Collection<Parameter> parameters(ModelConfig config) {
    return RefersNetwork.of(
            manager,
            config,
            ObjectiveList.parts(config),
            new SeededWeights(manager, 1),
            new Arithmetic.Plain())
        .weights()
        .parameters();
  }

  /** What is common to the names of each group, up to a place. */
  private static <K> Map<K, Set<String>> names(
      Collection<Parameter> parameters, Function<Parameter, K> by, int segments) {
    return parameters.stream()
        .collect(
            Collectors.groupingBy(
                by,
                Collectors.mapping(
                    parameter ->
                        List.of(parameter.name().split("\\.")).stream()
                            .limit(segments)
                            .collect(Collectors.joining(".")),
                    Collectors.toCollection(TreeSet::new))));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldKnowThePartOfEveryWeight(ModelConfig config) {
    Map<NetworkPart, Set<String>> names = names(parameters(config), Parameter::part, 1);

    assertThat(names).containsOnlyKeys(EnumSet.complementOf(EnumSet.of(NetworkPart.PRETEXT)));
    assertThat(names.get(NetworkPart.RADIOGRAPH)).contains("vit");
    assertThat(names.get(NetworkPart.RADIOGRAPH)).isSubsetOf("vit", "recurrent_concatenation");
    assertThat(names.get(NetworkPart.FUSION)).containsExactly("view_fusion");
    assertThat(names.get(NetworkPart.REPORT)).containsExactly("report");
    assertThat(names.get(NetworkPart.TEXT)).containsExactly("bert", "text_projection");
    assertThat(names.get(NetworkPart.HEADS)).containsExactly("label_head");
  }

  @Test
  void shouldKnowInWhichBlockAWeightStands() {
    Collection<Parameter> bert =
        parameters(configs().get(0)).stream()
            .filter(parameter -> parameter.name().startsWith("bert."))
            .toList();

    Map<Integer, Set<String>> names = names(bert, Parameter::depth, 4);

    assertThat(names).containsOnlyKeys(Parameter.EMBEDDED, 1, 2, Parameter.BEHIND);
    assertThat(names.get(Parameter.EMBEDDED)).allMatch(name -> name.startsWith("bert.embeddings."));
    assertThat(names.get(1)).containsExactly("bert.encoder.layer.0");
    assertThat(names.get(2)).containsExactly("bert.encoder.layer.1");
    assertThat(names.get(Parameter.BEHIND))
        .containsExactly("bert.pooler.dense.bias", "bert.pooler.dense.weight");
  }
}
