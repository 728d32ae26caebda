package io.radstream.model.pretrained;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.ImageEncoderKind;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SavedWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the transformers of a network as models that Hugging Face's libraries open. */
public final class HuggingFaceExport {

  private static final String VIT = "vit";
  private static final String BERT = "bert";

  private final ModelConfig config;
  private final int padding;
  private final int channels;
  private final Map<String, byte[]> besideVit;
  private final Map<String, byte[]> besideBert;

  /** For gray pictures of one channel, with nothing beside the radiograph transformer. */
  public HuggingFaceExport(ModelConfig config, int padding, Map<String, byte[]> besideBert) {
    this(config, padding, 1, Map.of(), besideBert);
  }

  /**
   * @param padding id of the token that fills up reports
   * @param channels of the pictures that the radiograph transformer is given; 3 for the libraries'
   *     pipelines
   * @param besideVit files to write beside the radiograph transformer, by name: how a picture is
   *     prepared for it
   * @param besideBert files to write beside the report encoder, by name: its tokenizer
   */
  public HuggingFaceExport(
      ModelConfig config,
      int padding,
      int channels,
      Map<String, byte[]> besideVit,
      Map<String, byte[]> besideBert) {
    this.config = config;
    this.padding = padding;
    this.channels = channels;
    this.besideVit = Map.copyOf(besideVit);
    this.besideBert = Map.copyOf(besideBert);
  }

  /**
   * Writes {@code vit}, for {@code ViTModel}, and, where the network has a report encoder, {@code
   * bert}, for {@code BertModel}; each appears as a whole or not at all.
   *
   * @param weights a safetensors file with every weight that the configuration names
   * @param out is created where it does not exist
   * @return the directories written
   * @throws FileAlreadyExistsException where one is there already; then nothing is written
   * @throws IOException where the network has another image encoder than the transformer, the
   *     weights are damaged or do not fit, or a file cannot be written
   */
  public List<Path> write(Path weights, Path out) throws IOException {
    if (config.radiograph().encoder() != ImageEncoderKind.TRANSFORMER) {
      throw new IOException(
          "this network's image encoder is a residual network, which no ViT can be made of; its"
              + " weights have torchvision's names in model.safetensors, behind \"resnet.\"");
    }
    for (String name : List.of(VIT, BERT)) {
      if (Files.exists(out.resolve(name))) {
        throw new FileAlreadyExistsException(out.resolve(name).toString());
      }
    }
    Files.createDirectories(out);
    // Weights are all that there is to compute: no other device is worth the way there.
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              SavedWeights.open(manager, weights),
              new Arithmetic.Plain());
      List<Path> written = new ArrayList<>();
      written.add(write(VitExport.of(network, channels), besideVit, out.resolve(VIT)));
      if (network.text().isPresent()) {
        written.add(write(BertExport.of(network, padding), besideBert, out.resolve(BERT)));
      }
      return written;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Path write(PublicModel model, Map<String, byte[]> further, Path target)
      throws IOException {
    Path unfinished = Files.createDirectory(target.resolveSibling(target.getFileName() + ".part"));
    model.write(unfinished);
    for (Map.Entry<String, byte[]> file : further.entrySet()) {
      Files.write(unfinished.resolve(file.getKey()), file.getValue());
    }
    return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
