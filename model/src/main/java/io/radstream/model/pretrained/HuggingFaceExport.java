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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the transformers of a network as models that Hugging Face's libraries open. */
public final class HuggingFaceExport {

  private static final String VIT = "vit";
  private static final String BERT = "bert";
  private static final String FINDINGS = "findings";
  private static final String TIMM = "timm";

  private final ModelConfig config;
  private final int padding;
  private final int channels;
  private final Beside beside;

  /**
   * Files to write beside the weights, by name.
   *
   * @param vit beside the radiograph transformer: how a picture is prepared for it
   * @param bert beside the report encoder: its tokenizer
   * @param findings beside what scores findings: how a study is prepared for it
   */
  public record Beside(
      Map<String, byte[]> vit, Map<String, byte[]> bert, Map<String, byte[]> findings) {

    public Beside {
      vit = Map.copyOf(vit);
      bert = Map.copyOf(bert);
      findings = Map.copyOf(findings);
    }
  }

  /** For gray pictures of one channel, with nothing beside the radiograph transformer. */
  public HuggingFaceExport(ModelConfig config, int padding, Map<String, byte[]> besideBert) {
    this(config, padding, 1, new Beside(Map.of(), besideBert, Map.of()));
  }

  /**
   * @param padding id of the token that fills up reports
   * @param channels of the pictures that the radiograph transformer is given; 3 for the libraries'
   *     pipelines
   */
  public HuggingFaceExport(ModelConfig config, int padding, int channels, Beside beside) {
    this.config = config;
    this.padding = padding;
    this.channels = channels;
    this.beside = beside;
  }

  /**
   * Writes what the network has of these; each appears as a whole or not at all: {@code vit}, its
   * radiograph transformer for {@code ViTModel}; {@code bert}, its report encoder for {@code
   * BertModel}; {@code findings}, what scores findings of a study, for {@code
   * AutoModelForImageClassification} with code of our own beside it.
   *
   * @param weights a safetensors file with every weight that the configuration names
   * @param out is created where it does not exist
   * @return the directories written
   * @throws FileAlreadyExistsException where one is there already; then nothing is written
   * @throws IOException where the network has another image encoder than the transformer and scores
   *     no findings, the weights are damaged or do not fit, or a file cannot be written
   */
  public List<Path> write(Path weights, Path out) throws IOException {
    if (config.findings().isEmpty()) {
      requireTransformer();
    }
    requireAbsent(out, VIT, BERT, FINDINGS);
    return with(weights, network -> write(network, out));
  }

  private List<Path> write(RefersNetwork network, Path out) throws IOException {
    List<Path> written = new ArrayList<>();
    if (isTransformer()) {
      written.add(write(VitExport.of(network, channels), beside.vit(), out.resolve(VIT)));
    }
    if (network.text().isPresent()) {
      written.add(write(BertExport.of(network, padding), beside.bert(), out.resolve(BERT)));
    }
    if (network.labels().isPresent()) {
      Map<String, byte[]> further = new HashMap<>(FindingsExport.code());
      further.putAll(beside.findings());
      written.add(write(FindingsExport.of(network), further, out.resolve(FINDINGS)));
    }
    return written;
  }

  /**
   * Writes {@code timm}, the radiograph transformer for {@code timm.create_model}; it appears as a
   * whole or not at all.
   *
   * @param preparation what is done to a picture before
   * @return the directory written
   * @throws FileAlreadyExistsException where it is there already
   * @throws IOException as of {@link #write}
   */
  public Path writeTimm(Path weights, Path out, PicturePreparation preparation) throws IOException {
    requireTransformer();
    requireAbsent(out, TIMM);
    return with(
        weights,
        network ->
            write(
                new TimmExport(network, channels, preparation).model(),
                Map.of(),
                out.resolve(TIMM)));
  }

  private boolean isTransformer() {
    return config.radiograph().encoder() == ImageEncoderKind.TRANSFORMER;
  }

  private void requireTransformer() throws IOException {
    if (!isTransformer()) {
      throw new IOException(
          "this network's image encoder is a residual network, which no ViT can be made of; its"
              + " weights have torchvision's names in model.safetensors, behind \"resnet.\"");
    }
  }

  private static void requireAbsent(Path out, String... names) throws IOException {
    for (String name : names) {
      if (Files.exists(out.resolve(name))) {
        throw new FileAlreadyExistsException(out.resolve(name).toString());
      }
    }
    Files.createDirectories(out);
  }

  /** What is done with a network while it is open. */
  private interface Use<T> {
    T of(RefersNetwork network) throws IOException;
  }

  private <T> T with(Path weights, Use<T> use) throws IOException {
    // Weights are all that there is to compute: no other device is worth the way there.
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      return use.of(
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              SavedWeights.open(manager, weights),
              new Arithmetic.Plain()));
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
