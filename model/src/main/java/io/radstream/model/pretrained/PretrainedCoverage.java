package io.radstream.model.pretrained;

import io.radstream.model.pretrained.PublicNames.Tensor;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which weights of a part have a public tensor. A part of which some were public and the rest drawn
 * at random would be worth little, and would not show it.
 *
 * @param tensors what holds a weight, by the weight's name in this network
 */
record PretrainedCoverage(
    PretrainedShape shape, PretrainedDirectory directory, Map<String, Tensor> tensors) {

  /** Behind all that learned the most: files of language models often come without. */
  private static final String POOLER = "pooler.dense.";

  private static final List<String> ATTENTION_BIASES =
      List.of("query.bias", "key.bias", "value.bias");

  private static final int EXAMPLES = 4;

  /**
   * @throws IOException where a weight has no tensor, or a block there has a tensor that has no
   *     place here; the message says which, and what to do
   */
  void requireWhole() throws IOException {
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      throw new IOException(
          ("%s has no tensor for %d of the %d weights of this network's %s: %s%s. It holds %s%s; take"
                  + " weights as transformers or timm save them, or let the missing ones start at"
                  + " random with --partial (initial.partial=true)")
              .formatted(
                  directory.path(),
                  missing.size(),
                  shape.layout().names().all(shape.layers()).size(),
                  shape.layout().model(),
                  examples(missing),
                  fewerBlocks(),
                  strangers().isEmpty() ? "" : "with unknown names ",
                  examples(
                      strangers().isEmpty()
                          ? List.copyOf(directory.files().keySet())
                          : strangers())));
    }
    List<String> homeless = homeless();
    if (!homeless.isEmpty()) {
      throw new IOException(
          ("%s has blocks of another kind than this network's: there is no place for %s; take a %s"
                  + " without, or leave them out with --partial (initial.partial=true)")
              .formatted(directory.path(), examples(homeless), shape.layout().model()));
    }
  }

  private List<String> missing() {
    return shape.layout().names().all(shape.layers()).stream()
        .filter(weight -> !tensors.containsKey(weight))
        .filter(weight -> !weight.startsWith(shape.layout().prefix() + POOLER))
        .filter(weight -> !isWithoutBias(weight))
        .toList();
  }

  /** Whether no block there has this bias of its attention: then it is none, and none is zeros. */
  boolean isWithoutBias(String weight) {
    Optional<String> bias = ATTENTION_BIASES.stream().filter(weight::endsWith).findFirst();
    return bias.isPresent()
        && tensors.containsKey(weight.replaceFirst("bias$", "weight"))
        && tensors.keySet().stream().noneMatch(name -> name.endsWith(bias.get()));
  }

  /** Blocks that are missing as a whole are a matter of a setting. */
  private String fewerBlocks() {
    int there =
        1
            + tensors.keySet().stream()
                .flatMap(weight -> PublicNames.block(weight).stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
    return there > 0 && there < shape.layers()
        ? " (it has %d blocks; %slayers is %d)"
            .formatted(there, shape.layout().settings(), shape.layers())
        : "";
  }

  private List<String> strangers() {
    return directory.files().keySet().stream()
        .filter(tensor -> shape.layout().names().ours(tensor).isEmpty())
        .toList();
  }

  /** Tensors of blocks that are used, which no weight of this network's blocks is. */
  private List<String> homeless() {
    Set<String> containers =
        tensors.values().stream()
            .flatMap(tensor -> PublicNames.container(tensor.name()).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return strangers().stream()
        .filter(tensor -> PublicNames.container(tensor).filter(containers::contains).isPresent())
        .filter(tensor -> PublicNames.block(tensor).orElseThrow() < shape.layers())
        .toList();
  }

  private static String examples(List<String> names) {
    String first = names.stream().limit(EXAMPLES).collect(Collectors.joining(", "));
    return names.size() > EXAMPLES
        ? "%s and %d more".formatted(first, names.size() - EXAMPLES)
        : first;
  }
}
