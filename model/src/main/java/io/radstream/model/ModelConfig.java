package io.radstream.model;

/**
 * The shape of a REFERS network; it fixes the name and size of every weight.
 *
 * @param vocabulary number of token ids, shared by report decoder and text encoder
 * @param radiograph the radiograph transformer (paper, section 4.1)
 * @param fusion the view fusion (section 4.2)
 * @param report the report transformer, a decoder (section 4.2, task 1)
 * @param text the report encoder, a BERT (section 4.2, task 2)
 * @param temperature τ of the contrastive loss
 * @param languageWeight how much the language loss counts beside the contrastive loss; 1 in the
 *     paper
 */
public record ModelConfig(
    int vocabulary,
    Radiograph radiograph,
    Fusion fusion,
    Transformer report,
    Transformer text,
    double temperature,
    double languageWeight) {

  public ModelConfig {
    require(vocabulary > 0, "model.vocabulary", vocabulary);
    require(temperature > 0, "model.temperature", temperature);
    require(languageWeight >= 0, "model.languageWeight", languageWeight);
  }

  /**
   * @param imageSize side of the square input, in pixels
   * @param patchSize side of a square patch, in pixels
   * @param width features of a patch
   * @param layers self-attention blocks
   * @param heads attention heads of a block
   * @param mlp hidden width of a block's perceptron
   */
  public record Radiograph(
      int imageSize, int patchSize, int width, int layers, int heads, int mlp) {

    public Radiograph {
      require(patchSize > 0, "model.radiograph.patchSize", patchSize);
      require(
          imageSize > 0 && imageSize % patchSize == 0,
          "model.radiograph.imageSize (a multiple of patchSize)",
          imageSize);
      requireHeads(width, heads, "model.radiograph");
      require(layers > 0, "model.radiograph.layers", layers);
      require(mlp > 0, "model.radiograph.mlp", mlp);
    }

    /** Patches of an image. */
    public int patches() {
      return (imageSize / patchSize) * (imageSize / patchSize);
    }
  }

  /**
   * @param hidden hidden width of the perceptron that weighs the views
   */
  public record Fusion(int hidden) {

    public Fusion {
      require(hidden > 0, "model.fusion.hidden", hidden);
    }
  }

  /**
   * A transformer over tokens.
   *
   * @param width features of a token
   * @param layers blocks
   * @param heads attention heads of a block
   * @param mlp hidden width of a block's perceptron
   * @param maxTokens longest report, start and end token included; longer ones are cut
   * @param dropout probability, 0 for none
   */
  public record Transformer(
      int width, int layers, int heads, int mlp, int maxTokens, double dropout) {

    public Transformer {
      requireHeads(width, heads, "a transformer of the model");
      require(layers > 0, "layers", layers);
      require(mlp > 0, "mlp", mlp);
      require(maxTokens > 2, "maxTokens", maxTokens);
      require(dropout >= 0 && dropout < 1, "dropout", dropout);
    }
  }

  private static void requireHeads(int width, int heads, String where) {
    require(width > 0, where + ": width", width);
    require(heads > 0 && width % heads == 0, where + ": heads (must divide width)", heads);
  }

  private static void require(boolean condition, String name, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "configuration value out of range: " + name + " = " + value);
    }
  }
}
