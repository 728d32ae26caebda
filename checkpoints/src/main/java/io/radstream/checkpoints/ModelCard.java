package io.radstream.checkpoints;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.objective.BatchInput;
import io.radstream.model.objective.ObjectiveList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The README of a checkpoint: what the model is, what it was made from, how good it is.
 *
 * @param model what the network looks like
 * @param steps that the run takes
 * @param batch studies in a step
 * @param data what the run may read; empty where it reads what arrives
 */
public record ModelCard(ModelConfig model, long steps, int batch, List<Range> data) {

  private static final String USE_OF_REPORTS =
      """
      Research: representations, retrieval and zero-shot scores of chest radiographs, and a start
      for fine-tuning. It is not a medical device. Its scores must not guide care unless they were
      validated on the population and the machines at hand. The model knows only what the reports
      it read mention, and repeats their biases.""";

  private static final String USE_OF_LABELS =
      """
      Research: scores of the findings that it was taught, and representations of chest
      radiographs. It is not a medical device. Its scores must not guide care unless they were
      validated on the population and the machines at hand. They tell of no other finding, and
      repeat the biases of those who gave the labels.""";

  private static final String USE_OF_PICTURES =
      """
      Research: representations of chest radiographs, and a start for fine-tuning. It is not a
      medical device, and scores nothing.""";

  /**
   * Part of a topic.
   *
   * @param source its name in the run's configuration
   * @param begin first offset
   * @param end exclusive
   */
  public record Range(String source, String topic, int partition, long begin, long end) {}

  public ModelCard {
    data = List.copyOf(data);
  }

  String text(CheckpointState state) {
    return """
        # %s

        A REFERS network (Zhou et al., 2022) trained by Radstream on %s.

        | | |
        |---|---|
        | model line | %s |
        | run | %s |
        | parent | %s |
        | written | %s |
        | optimizer steps | %d of %d |
        | studies in a step | %d |
        | input | three views of %d×%d pixels |
        | vocabulary | %s tokens, tokenizer %s |

        ## Data

        What the run may read; the ledger has what it did read, step by step.

        %s
        ## Figures

        At this step; losses are natural logarithms, means over studies.

        %s
        ## Intended use

        %s

        ## Files

        `model.safetensors` weights, `optimizer.safetensors` momentum, `config.json` the whole
        configuration, `tokenizer.json` the tokenizer (`encoder-tokenizer.json` that of the report
        encoder, where it has its own), `state.json` the run's place in the data and
        a checksum of each file.
        """
        .formatted(
            state.id(),
            sources(),
            state.line(),
            state.runId(),
            state.parent() == null ? "none" : state.parent(),
            state.time(),
            state.step(),
            steps,
            batch,
            model.radiograph().imageSize(),
            model.radiograph().imageSize(),
            vocabulary(),
            state.tokenizer(),
            ranges(),
            figures(state.metrics()),
            intendedUse());
  }

  /** What it learned from, in words. */
  public String sources() {
    Set<BatchInput> needs = ObjectiveList.needs(model);
    if (needs.isEmpty()) {
      return "radiographs alone, without reports or labels";
    }
    if (!needs.contains(BatchInput.LABELS)) {
      return "radiographs and their free-text reports, without labels";
    }
    return "radiographs, %slabels of these findings: %s"
        .formatted(
            needs.size() > 1 ? "their free-text reports and " : "",
            String.join(", ", model.findings()));
  }

  /** What it is for and what not, by what it learned from; lines of 100 characters. */
  public String intendedUse() {
    Set<BatchInput> needs = ObjectiveList.needs(model);
    if (needs.isEmpty()) {
      return USE_OF_PICTURES;
    }
    return needs.equals(Set.of(BatchInput.LABELS)) ? USE_OF_LABELS : USE_OF_REPORTS;
  }

  private String vocabulary() {
    int decoder = model.report().vocabulary();
    int encoder = model.text().vocabulary();
    return decoder == encoder
        ? Integer.toString(decoder)
        : "%d (report transformer) and %d (report encoder)".formatted(decoder, encoder);
  }

  private String ranges() {
    if (data.isEmpty()) {
      return "What arrives.\n";
    }
    return data.stream()
        .map(ModelCard::row)
        .collect(
            Collectors.joining(
                "",
                "| source | topic | partition | from offset | to, exclusive |\n|---|---|---|---|---|\n",
                ""));
  }

  private static String row(Range range) {
    return "| %s | %s | %d | %d | %d |\n"
        .formatted(range.source(), range.topic(), range.partition(), range.begin(), range.end());
  }

  private static String figures(Map<String, Double> metrics) {
    return new TreeMap<>(metrics)
        .entrySet().stream()
            .map(
                figure ->
                    String.format(
                        Locale.ROOT, "| %s | %.6g |\n", figure.getKey(), figure.getValue()))
            .collect(Collectors.joining("", "| figure | value |\n|---|---|\n", ""));
  }
}
