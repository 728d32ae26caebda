package io.radstream.model.pretrained;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How public libraries name the weights of a transformer, and what those weights are called here.
 * Whatever stands in front of a known name is taken for the name of a model around it.
 *
 * @param prefix in front of the names of this network's weights
 * @param outer the name here, behind the prefix, by a public one, of all but the blocks
 * @param inner the names here, behind that of the block, by a public one without .weight or .bias;
 *     several where one tensor holds them one after the other
 */
record PublicNames(String prefix, Map<String, String> outer, Map<String, List<String>> inner) {

  private static final String BLOCKS = "encoder.layer.";

  /** Of a container of blocks, the number of a block, and what is in it. */
  private static final Pattern BLOCK =
      Pattern.compile("((?:.*\\.)?(?:layer|layers|blocks)\\.)(\\d{1,6})\\.(.+)");

  private static final Pattern KIND = Pattern.compile("(.+)\\.(weight|bias)");

  /**
   * A weight of this network in a public tensor.
   *
   * @param name of the tensor
   * @param slice which of the parts along its first axis
   * @param slices number of parts
   */
  record Tensor(String name, int slice, int slices) {}

  /** {@code ViTModel} of transformers 4 and 5, and {@code VisionTransformer} of timm. */
  static PublicNames vit() {
    Map<String, String> outer = new LinkedHashMap<>();
    same(outer, "embeddings.cls_token", "cls_token");
    same(outer, "embeddings.position_embeddings", "pos_embed");
    both(outer, "embeddings.patch_embeddings.projection", "patch_embed.proj");
    both(outer, "layernorm", "norm");
    String attention = "attention.attention.";
    Map<String, List<String>> inner = new LinkedHashMap<>();
    inner(inner, attention + "query", "attention.q_proj");
    inner(inner, attention + "key", "attention.k_proj");
    inner(inner, attention + "value", "attention.v_proj");
    inner(inner, "attention.output.dense", "attention.o_proj", "attn.proj");
    inner(inner, "intermediate.dense", "mlp.fc1");
    inner(inner, "output.dense", "mlp.fc2");
    inner(inner, "layernorm_before", "norm1");
    inner(inner, "layernorm_after", "norm2");
    inner.put("attn.qkv", List.of(attention + "query", attention + "key", attention + "value"));
    return new PublicNames("vit.", Map.copyOf(outer), inner);
  }

  /** {@code BertModel} of transformers 4 and 5. */
  static PublicNames bert() {
    Map<String, String> outer = new LinkedHashMap<>();
    for (String table : List.of("word", "position", "token_type")) {
      same(outer, "embeddings." + table + "_embeddings.weight");
    }
    both(outer, "embeddings.LayerNorm");
    both(outer, "pooler.dense");
    Map<String, List<String>> inner = new LinkedHashMap<>();
    for (String name : List.of("query", "key", "value")) {
      inner(inner, "attention.self." + name);
    }
    inner(inner, "attention.output.dense");
    inner(inner, "attention.output.LayerNorm");
    inner(inner, "intermediate.dense");
    inner(inner, "output.dense");
    inner(inner, "output.LayerNorm");
    return new PublicNames("bert.", Map.copyOf(outer), inner);
  }

  private static void same(Map<String, String> outer, String ours, String... theirs) {
    outer.put(ours, ours);
    for (String name : theirs) {
      outer.put(name, ours);
    }
  }

  private static void both(Map<String, String> outer, String ours, String... theirs) {
    for (String kind : List.of(".weight", ".bias")) {
      same(outer, ours + kind);
      for (String name : theirs) {
        outer.put(name + kind, ours + kind);
      }
    }
  }

  private static void inner(Map<String, List<String>> inner, String ours, String... theirs) {
    inner.put(ours, List.of(ours));
    for (String name : theirs) {
      inner.put(name, List.of(ours));
    }
  }

  /** The weights here that a public tensor holds, by name; empty for tensors of heads. */
  Map<String, Tensor> ours(String theirs) {
    String known =
        theirs
            .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
            .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
    Matcher block = BLOCK.matcher(known);
    if (block.matches()) {
      return ofBlock(theirs, prefix + BLOCKS + Integer.valueOf(block.group(2)), block.group(3));
    }
    for (String name = known; !name.isEmpty(); name = behindFirst(name)) {
      if (outer.containsKey(name)) {
        return Map.of(prefix + outer.get(name), new Tensor(theirs, 0, 1));
      }
    }
    return Map.of();
  }

  private Map<String, Tensor> ofBlock(String theirs, String block, String name) {
    Matcher kind = KIND.matcher(name);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    if (kind.matches()) {
      List<String> names = inner.getOrDefault(kind.group(1), List.of());
      for (int i = 0; i < names.size(); i++) {
        tensors.put(
            block + "." + names.get(i) + "." + kind.group(2), new Tensor(theirs, i, names.size()));
      }
    }
    return tensors;
  }

  private static String behindFirst(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  /** Where a public tensor stands, if in a block: the name in front of the block's number. */
  static Optional<String> container(String theirs) {
    Matcher block = BLOCK.matcher(theirs);
    return block.matches() ? Optional.of(block.group(1)) : Optional.empty();
  }

  /** The block that a public tensor belongs to, or a weight of this network; empty for others. */
  static Optional<Integer> block(String name) {
    Matcher block = BLOCK.matcher(name);
    return block.matches() ? Optional.of(Integer.valueOf(block.group(2))) : Optional.empty();
  }

  /** Every weight that such a network of so many blocks has, here. */
  List<String> all(int blocks) {
    List<String> names = new ArrayList<>();
    outer.values().stream().distinct().sorted().forEach(name -> names.add(prefix + name));
    for (int i = 0; i < blocks; i++) {
      String block = prefix + BLOCKS + i + ".";
      inner.values().stream()
          .filter(ours -> ours.size() == 1)
          .map(ours -> block + ours.get(0))
          .distinct()
          .forEach(name -> names.addAll(List.of(name + ".weight", name + ".bias")));
    }
    return names;
  }
}
