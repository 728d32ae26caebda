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

  /**
   * The same in other memory.
   *
   * @param pictures of the shape of the images, whose place these take
   */
  public Arrival in(NDArray pictures, Operations operations) {
    operations.put(pictures, images);
    return new Arrival(sizes, pictures, numbers.copy(operations), layout);
  }

  /** Takes another's place. */
  public void copyTo(Arrival other, Operations operations) {
    operations.put(other.images, images);
    numbers.copyTo(other.numbers, operations);
  }

  /**
   * What goes to the device, and how.
   *
   * @param roundedUp whether sizes are
   * @param draws two numbers from which kernels draw what is dropped
   */
  record Sending(StudyBatch batch, boolean roundedUp, long... draws) {

    int pictures(int distinct) {
      return roundedUp ? Rounding.pictures(distinct, batch.size()) : distinct;
    }

    /**
     * @param longest report of who reads it, which has no places for more
     */
    Optional<Rounding> rounding(int longest) {
      return roundedUp ? Optional.of(new Rounding(longest)) : Optional.empty();
    }
  }

  static Arrival of(
      Operations operations, RefersNetwork network, List<Objective> objectives, Sending sending) {
    StudyBatch batch = sending.batch();
    long[] places = new long[batch.size() * ViewFusion.VIEWS];
    NDArray images =
        DistinctViews.images(
            operations.manager(),
            network.memory(),
            batch.images(),
            network.config().radiograph().imageSize(),
            places,
            sending::pictures);
    int count = Math.toIntExact(images.getShape().get(0));
    Parcel parcel = new Parcel();
    Layout layout = layout(parcel, network, objectives, sending, count, places);
    Parcel.Opened numbers = parcel.send(operations, network.memory());
    return new Arrival(new Sizes(batch.size(), count, parcel.places()), images, numbers, layout);
  }

  private static Layout layout(
      Parcel parcel,
      RefersNetwork network,
      List<Objective> objectives,
      Sending sending,
      int images,
      long... places) {
    Parcel.Place draws = parcel.longs(sending.draws());
    Optional<Parcel.Place> views =
        images == places.length && !sending.roundedUp()
            ? Optional.empty()
            : Optional.of(parcel.longs(places));
    Sequences.Sent patches =
        Sequences.even(parcel, images, 1 + network.config().radiograph().patches());
    Optional<Packed.Sent> read =
        network
            .text()
            .map(text -> text.config().maxTokens())
            .map(
                longest ->
                    Packed.of(
                        parcel,
                        sending.rounding(longest),
                        sending.batch().cutEncoderTokens(longest)));
    Optional<Written.Sent> written =
        first(objectives, LanguageObjective.class)
            .flatMap(language -> written(parcel, network.config(), language, sending));
    Optional<Labels> labels =
        first(objectives, LabelObjective.class)
            .map(known -> Labels.of(parcel, sending.batch(), known.findings().size()));
    return (operations, pictures, numbers) ->
        new Inputs(
            pictures,
            views.map(place -> numbers.get(operations, place)),
            patches.in(operations, numbers),
            read.map(sent -> sent.in(operations, numbers)),
            written.map(sent -> sent.in(operations, numbers)),
            labels.map(sent -> sent.in(operations, numbers)),
            numbers.get(operations, draws));
  }

  private static <T extends Objective> Optional<T> first(
      List<Objective> objectives, Class<T> kind) {
    return objectives.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Empty where no report has a token that follows another one, and nothing is filled up. */
  private static Optional<Written.Sent> written(
      Parcel parcel, ModelConfig config, LanguageObjective language, Sending sending) {
    int[][] reports =
        language.reports(sending.batch(), ViewFusion.representations(config.fusion()));
    if (!sending.roundedUp() && Arrays.stream(reports).allMatch(report -> report.length < 2)) {
      return Optional.empty();
    }
    int places = ViewFusion.memoryPlaces(config.fusion(), config.radiograph().patches());
    return Optional.of(
        Written.of(parcel, sending.rounding(config.report().maxTokens()), reports, places));
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
