package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * How weights follow their gradients (paper, section 4.2): weight decay spares norms and biases.
 *
 * @param momentum 0.9 in the paper; of Adam it is β₁, whose usual value is the same
 * @param weightDecay 1e-4 in the paper
 * @param maxGradientNorm gradients are scaled down to this global L2 norm; 0 for never
 * @param lookahead off in the paper
 * @param freeze weights that do not learn
 * @param kind stochastic gradient descent in the paper; Adam for its convolutional networks
 */
public record OptimizerConfig(
    double momentum,
    double weightDecay,
    double maxGradientNorm,
    Lookahead lookahead,
    Freeze freeze,
    Kind kind) {

  /** What becomes of a gradient. */
  public enum Kind {
    /** Stochastic gradient descent with momentum. */
    SGD,
    /** Adam (Kingma and Ba, 2015), weight decay added to the gradient. */
    ADAM
  }

  /** Stochastic gradient descent. */
  public OptimizerConfig(
      double momentum,
      double weightDecay,
      double maxGradientNorm,
      Lookahead lookahead,
      Freeze freeze) {
    this(momentum, weightDecay, maxGradientNorm, lookahead, freeze, Kind.SGD);
  }

  public OptimizerConfig {
    require(kind != null, "optimizer.kind (SGD or ADAM)", kind);
    require(
        kind == Kind.SGD || (momentum >= 0 && momentum < 1),
        "optimizer.momentum (0 to below 1 with optimizer.kind=ADAM)",
        momentum);
  }

  /** The same with other weights that do not learn. */
  public OptimizerConfig withFreeze(Freeze other) {
    return new OptimizerConfig(momentum, weightDecay, maxGradientNorm, lookahead, other, kind);
  }

  /** Neither lookahead nor frozen layers. */
  public OptimizerConfig(double momentum, double weightDecay, double maxGradientNorm) {
    this(momentum, weightDecay, maxGradientNorm, Lookahead.OFF, Freeze.NOTHING);
  }

  /**
   * Slow weights that now and then go a part of the way to the fast ones, which then go on from
   * there (Zhang et al., 2019).
   *
   * @param every steps between two moves of the slow weights; 0 for off, 5 in the authors' code
   * @param alpha the part of the way; 0.5 in the authors' code
   */
  public record Lookahead(int every, double alpha) {

    /** None. */
    public static final Lookahead OFF = new Lookahead(0, 0.5);

    public Lookahead {
      require(every >= 0, "optimizer.lookahead.every (at least 0)", every);
      require(alpha > 0 && alpha <= 1, "optimizer.lookahead.alpha (above 0, at most 1)", alpha);
    }

    /**
     * Whether there are slow weights. No getter by its name, or it would be written as a setting.
     */
    public boolean applies() {
      return every > 0;
    }
  }

  /**
   * The first layers of a transformer, and with them the embeddings in front; 0 for none. Or all
   * but the heads that tell findings.
   *
   * @param radiographLayers of the radiograph transformer
   * @param textLayers of the report encoder; 6 in the authors' code
   * @param allButHeads a linear probe: whatever is in front of the heads stays as it is
   */
  public record Freeze(int radiographLayers, int textLayers, boolean allButHeads) {

    /** Everything learns. */
    public static final Freeze NOTHING = new Freeze(0, 0);

    /** First layers only. */
    public Freeze(int radiographLayers, int textLayers) {
      this(radiographLayers, textLayers, false);
    }

    public Freeze {
      require(
          radiographLayers >= 0,
          "optimizer.freeze.radiographLayers (at least 0)",
          radiographLayers);
      require(textLayers >= 0, "optimizer.freeze.textLayers (at least 0)", textLayers);
    }

    /**
     * Whether a weight does not learn.
     *
     * @param depth of the weight in its part: 0 for the embeddings, then the number of its block
     */
    public boolean covers(NetworkPart part, int depth) {
      if (allButHeads) {
        return part != NetworkPart.HEADS;
      }
      int layers =
          switch (part) {
            case RADIOGRAPH -> radiographLayers;
            case TEXT -> textLayers;
            case FUSION, REPORT, HEADS, PRETEXT -> 0;
          };
      return layers > 0 && depth <= layers;
    }
  }
}
