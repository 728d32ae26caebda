package io.radstream.trainer.run;

import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.config.Program;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.config.Drift;
import io.radstream.trainer.config.Follow;
import io.radstream.trainer.config.LabelRules;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunConfig.Checkpoints;
import io.radstream.trainer.config.RunConfig.Data;
import io.radstream.trainer.config.RunConfig.Ledger;
import io.radstream.trainer.config.RunConfig.Validation;
import io.radstream.trainer.config.RunConfigReader;
import io.radstream.trainer.config.Schedule;
import io.radstream.trainer.config.Schedule.Shape;
import java.util.List;
import java.util.Optional;

/** Settings of a run that takes a second. */
final class SmallRun {

  private SmallRun() {}

  static RunConfig config(ReportTokenizers tokenizers, String... overrides) {
    int decoder = tokenizers.decoder().vocabulary().size();
    int encoder = tokenizers.encoder().vocabulary().size();
    ModelConfig tiny = ModelPreset.TINY.config(ModelVariant.PAPER, decoder, encoder);
    RunConfig small =
        new RunConfig(
            "line",
            5,
            1,
            8,
            new ModelConfig(
                new Radiograph(
                    16,
                    8,
                    16,
                    1,
                    2,
                    32,
                    tiny.radiograph().activation(),
                    tiny.radiograph().positions(),
                    tiny.radiograph().recurrence()),
                tiny.fusion(),
                new Decoder(
                    decoder,
                    16,
                    1,
                    2,
                    32,
                    12,
                    0.1,
                    tiny.report().activation(),
                    tiny.report().positions()),
                new Encoder(encoder, 16, 1, 2, 32, 12, 0.1),
                tiny.objectives(),
                List.of()),
            new OptimizerConfig(0.9, 1e-4, 10),
            new Compute(Precision.FLOAT32, 0, Program.AUTO),
            InitialWeights.NONE,
            new Schedule(Shape.COSINE, 0.05, 0.05, 2, 12),
            Augmentation.paper(),
            new Validation(4, 100),
            new Checkpoints(4, 5, true, 0),
            new Data(0, 2, 3, 16),
            LabelRules.DEFAULT,
            List.of(),
            Follow.OFF,
            Drift.DEFAULT,
            new Ledger(3),
            1);
    return new RunConfigReader().read(small, Optional.empty(), List.of(overrides));
  }
}
