package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.Projection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a radiograph was taken.
 *
 * @param facts time, size of its pixels, side
 * @param aspect height of a pixel as a multiple of its width
 */
public record Acquisition(Projection projection, ViewFacts facts, double aspect) {

  /** Attributes that tell the distance of pixels, the best first. */
  private static final List<Integer> SPACINGS =
      List.of(Tag.PIXEL_SPACING, Tag.IMAGER_PIXEL_SPACING, Tag.NOMINAL_SCANNED_PIXEL_SPACING);

  /** Beyond it something is wrong with the header, and not with the detector. */
  private static final double MOST_ASPECT = 4;

  /** Millimetres, from row to row and from column to column. */
  private record Spacing(double rows, double columns) {}

  public static Acquisition of(Dataset header) {
    Optional<Spacing> spacing = spacing(header);
    double aspect = spacing.map(it -> it.rows() / it.columns()).orElseGet(() -> ratio(header));
    boolean believable = aspect >= 1 / MOST_ASPECT && aspect <= MOST_ASPECT;
    // The picture is made to have square pixels, as large as the longer side of its own.
    OptionalDouble side =
        spacing
            .map(it -> OptionalDouble.of(Math.max(it.rows(), it.columns())))
            .orElse(OptionalDouble.empty());
    ViewFacts facts = new ViewFacts(DateTimes.acquired(header), side, laterality(header));
    return new Acquisition(Projections.of(header), facts, believable ? aspect : 1);
  }

  private static Optional<Spacing> spacing(Dataset header) {
    for (int tag : SPACINGS) {
      double[] values = header.decimals(tag);
      if (values.length == 2 && values[0] > 0 && values[1] > 0) {
        // At the detector the picture is larger than the patient.
        double magnification =
            tag == Tag.IMAGER_PIXEL_SPACING
                ? header.decimal(Tag.MAGNIFICATION_FACTOR).orElse(1)
                : 1;
        double factor = magnification >= 1 ? magnification : 1;
        return Optional.of(new Spacing(values[0] / factor, values[1] / factor));
      }
    }
    return Optional.empty();
  }

  private static double ratio(Dataset header) {
    double[] ratio = header.decimals(Tag.PIXEL_ASPECT_RATIO);
    return ratio.length == 2 && ratio[0] > 0 && ratio[1] > 0 ? ratio[0] / ratio[1] : 1;
  }

  private static Laterality laterality(Dataset header) {
    String side =
        header.text(Tag.IMAGE_LATERALITY).or(() -> header.text(Tag.LATERALITY)).orElse("");
    return switch (side) {
      case "L" -> Laterality.LEFT;
      case "R" -> Laterality.RIGHT;
      case "B" -> Laterality.BOTH;
      case "U" -> Laterality.UNPAIRED;
      default -> Laterality.UNKNOWN;
    };
  }
}
