package io.radstream.model.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.RadiographBlock;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.weights.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What scores findings of a study, whole: image encoder, view fusion and label head. No class of
 * transformers fuses views, so that the code that does travels with the weights. They keep their
 * names.
 */
final class FindingsExport {

  /** Beside this class; what they read is {@link #config}. */
  private static final List<String> CODE =
      List.of(
          "configuration_radstream.py", "modeling_radstream.py", "image_processing_radstream.py");

  private static final String MODEL = "RadstreamForImageClassification";

  private static final Set<NetworkPart> PARTS =
      Set.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION, NetworkPart.HEADS);

  private static final String VARIANCE = "running_var";

  /** PyTorch's batch normalisation has it, and its absence would be warned of. */
  private static final String SEEN = "num_batches_tracked";

  private FindingsExport() {}

  static PublicModel of(RefersNetwork network) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.weights().parameters()) {
      if (PARTS.contains(parameter.part()) && looksInto(network.config(), parameter.part())) {
        weights.put(parameter.name(), parameter.value());
      }
      if (parameter.name().endsWith(VARIANCE)) {
        weights.put(
            parameter.name().replace(VARIANCE, SEEN),
            parameter.value().getManager().zeros(new Shape(), DataType.INT64));
      }
    }
    return new PublicModel(config(network.config()), weights);
  }

  /** The released fusion weighs what the report transformer attends to, and not the vector. */
  private static boolean looksInto(ModelConfig config, NetworkPart part) {
    return part != NetworkPart.FUSION || config.fusion().kind() == FusionKind.SOFTMAX;
  }

  /** Files by name. */
  static Map<String, byte[]> code() {
    return CODE.stream().collect(Collectors.toMap(name -> name, FindingsExport::read));
  }

  private static byte[] read(String name) {
    try (InputStream in = FindingsExport.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> config(ModelConfig config) {
    List<String> findings = config.findings();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model_type", "radstream");
    values.put("architectures", List.of(MODEL));
    values.put(
        "auto_map",
        Map.of(
            "AutoConfig",
            "configuration_radstream.RadstreamConfig",
            "AutoModelForImageClassification",
            "modeling_radstream." + MODEL));
    values.put("dtype", "float32");
    values.put("problem_type", "multi_label_classification");
    values.put("id2label", byPlace(findings));
    values.put(
        "label2id",
        IntStream.range(0, findings.size())
            .boxed()
            .collect(
                Collectors.toMap(findings::get, i -> i, (one, other) -> one, LinkedHashMap::new)));
    putShape(values, config);
    return values;
  }

  private static Map<String, String> byPlace(List<String> findings) {
    Map<String, String> names = new LinkedHashMap<>();
    findings.forEach(name -> names.put(Integer.toString(names.size()), name));
    return names;
  }

  private static void putShape(Map<String, Object> values, ModelConfig config) {
    ModelConfig.Radiograph radiograph = config.radiograph();
    values.put("encoder", lower(radiograph.encoder()));
    values.put("image_size", radiograph.imageSize());
    if (radiograph.encoder() == ImageEncoderKind.TRANSFORMER) {
      values.put("patch_size", radiograph.patchSize());
      values.put("hidden_size", radiograph.width());
      values.put("num_hidden_layers", radiograph.layers());
      values.put("num_attention_heads", radiograph.heads());
      values.put("intermediate_size", radiograph.mlp());
      values.put("hidden_act", lower(radiograph.activation()));
      values.put("layer_norm_eps", RadiographBlock.EPSILON);
      values.put("positions", lower(radiograph.positions()));
      values.put("recurrence", lower(radiograph.recurrence()));
    } else {
      values.put("residual_blocks", radiograph.residual().blocks());
      values.put("residual_bottleneck", radiograph.residual().bottleneck());
      values.put("residual_width", radiograph.residual().width());
    }
    values.put("fusion", lower(config.fusion().kind()));
    values.put("fusion_hidden_size", config.fusion().hidden());
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
