package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.KnownLabels;
import io.radstream.model.objective.LabelObjective;
import io.radstream.model.objective.LanguageObjective;
import io.radstream.model.objective.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A batch, or a part of one, on the device, where it may still be on its way. What is computed of
 * it asks the host for nothing more.
 *
 * @param images distinct views × side × side
 * @param numbers all else
 * @param layout of the numbers
 */
public record Arrival(Sizes sizes, NDArray images, Parcel.Opened numbers, Layout layout) {

  /** What decides which operations are asked for, and with which shapes. */
  public record Sizes(int studies, long images, List<Parcel.Place> numbers) {}

  /** Finds what there is among the numbers. */
  interface Layout {

    Inputs in(Operations operations, NDArray images, Parcel.Opened numbers);
  }

  /** For as long as the manager of the operations. */
  Inputs inputs(Operations operations) {
    return layout.in(operations, images, numbers);
  }

  /** The same in memory of its own. */
  public Arrival copy(Operations operations) {
    return new Arrival(sizes, operations.copy(images), numbers.copy(operations), layout);
  }

  /** Takes another's place. */
  public void copyTo(Arrival other, Operations operations) {
    operations.put(other.images, images);
    numbers.copyTo(other.numbers, operations);
  }

  static Arrival of(
      Operations operations,
      RefersNetwork network,
      List<Objective> objectives,
      StudyBatch batch,
      Optional<Rounding> rounding) {
    Parcel parcel = new Parcel();
    long[] places = new long[batch.size() * ViewFusion.VIEWS];
    NDArray images =
        DistinctViews.images(
            operations.manager(),
            network.memory(),
            batch.images(),
            network.config().radiograph().imageSize(),
            places,
            distinct ->
                rounding.map(up -> Rounding.pictures(distinct, batch.size())).orElse(distinct));
    int count = (int) images.getShape().get(0);
    boolean distinct = count == places.length && isInTurn(places);
    Optional<Parcel.Place> views =
        distinct && rounding.isEmpty() ? Optional.empty() : Optional.of(parcel.longs(places));
    ModelConfig config = network.config();
    int patches = config.radiograph().patches();
    Sequences.Sent rows = Sequences.even(parcel, count, 1 + patches);
    Optional<Packed.Sent> read =
        network
            .text()
            .map(text -> batch.cutEncoderTokens(text.config().maxTokens()))
            .map(reports -> Packed.of(parcel, rounding, reports));
    Optional<Written.Sent> written =
        first(objectives, LanguageObjective.class)
            .flatMap(language -> written(parcel, config, language, batch, rounding));
    Optional<Labels> labels =
        first(objectives, LabelObjective.class)
            .map(known -> Labels.of(parcel, batch, known.findings().size()));
    Layout layout =
        (in, pictures, numbers) ->
            new Inputs(
                pictures,
                views.map(place -> numbers.get(in, place)),
                rows.in(in, numbers),
                read.map(sent -> sent.in(in, numbers)),
                written.map(sent -> sent.in(in, numbers)),
                labels.map(sent -> sent.in(in, numbers)));
    Sizes sizes = new Sizes(batch.size(), count, parcel.places());
    return new Arrival(sizes, images, parcel.send(operations, network.memory()), layout);
  }

  private static boolean isInTurn(long... places) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static <T extends Objective> Optional<T> first(
      List<Objective> objectives, Class<T> kind) {
    return objectives.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Empty where no report has a token that follows another one, and nothing is filled up. */
  private static Optional<Written.Sent> written(
      Parcel parcel,
      ModelConfig config,
      LanguageObjective language,
      StudyBatch batch,
      Optional<Rounding> rounding) {
    int[][] reports = language.reports(batch, ViewFusion.representations(config.fusion()));
    if (rounding.isEmpty() && Arrays.stream(reports).allMatch(report -> report.length < 2)) {
      return Optional.empty();
    }
    int places = ViewFusion.memoryPlaces(config.fusion(), config.radiograph().patches());
    return Optional.of(Written.of(parcel, rounding, reports, places));
  }

  /** On their way to the device. */
  private record Labels(Parcel.Place present, Parcel.Place known, int studies, int findings) {

    static Labels of(Parcel parcel, StudyBatch batch, int findings) {
      KnownLabels labels = KnownLabels.of(batch.labels(), findings);
      return new Labels(
          parcel.floats(labels.present()), parcel.floats(labels.known()), batch.size(), findings);
    }

    Inputs.Labels in(Operations operations, Parcel.Opened numbers) {
      return new Inputs.Labels(
          operations.shaped(numbers.get(operations, present), studies, 1, findings),
          operations.shaped(numbers.get(operations, known), studies, 1, findings));
    }
  }
}
