package io.radstream.model;

/** The whole network: every part with its weights. */
record RefersNetwork(
    ModelConfig config,
    Weights weights,
    RadiographTransformer radiograph,
    ViewFusion fusion,
    ReportTransformer report,
    TextEncoder text) {

  static RefersNetwork of(ModelConfig config, Weights.Source source) {
    Weights weights = new Weights(source);
    int width = config.radiograph().width();
    int study = ViewFusion.VIEWS * width;
    return new RefersNetwork(
        config,
        weights,
        RadiographTransformer.of(weights, config.radiograph()),
        ViewFusion.of(weights, width, config.fusion().hidden()),
        ReportTransformer.of(weights, config.report(), config.vocabulary(), study),
        TextEncoder.of(weights, config.text(), config.vocabulary(), study));
  }

  /** One vector and one grid for each study. */
  ViewFusion.Study study(DistinctViews views) {
    return fusion.apply(radiograph.apply(views.images()).get(views.places()));
  }
}
