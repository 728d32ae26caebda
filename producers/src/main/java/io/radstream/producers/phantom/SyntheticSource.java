package io.radstream.producers.phantom;

import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Phantom studies as a source.
 *
 * @param seed the population
 * @param first index of the first study; a later range of the same seed holds other studies
 * @param count number of studies
 * @param fault what is wrong with their pictures
 * @param sided whether labels tell of each finding of a lung on which side it is as well
 */
public record SyntheticSource(
    PhantomGenerator generator,
    long seed,
    long first,
    long count,
    PhantomFault fault,
    boolean sided)
    implements ReadSource {

  private static final String NAME = "synthetic";

  public SyntheticSource {
    if (first < 0 || count < 0) {
      throw new IllegalArgumentException(
          "studies %d to %d cannot be drawn".formatted(first, first + count));
    }
  }

  /** With nothing wrong, and labels without sides. */
  public SyntheticSource(PhantomGenerator generator, long seed, long first, long count) {
    this(generator, seed, first, count, PhantomFault.NONE, false);
  }

  /** Another site has another name, and other patients. */
  @Override
  public String name() {
    return generator.site() == PhantomSite.NORTH ? NAME : NAME + "-" + generator.site();
  }

  @Override
  public OptionalLong sizeEstimate() {
    return OptionalLong.of(count);
  }

  @Override
  public Stream<SourceItem> items() {
    return LongStream.range(first, first + count)
        .mapToObj(
            index -> new SourceItem.Found(index - first + 1, raw(generator.study(seed, index))));
  }

  private StudyPart raw(PhantomStudy study) {
    List<RawView> views =
        IntStream.range(0, study.views().size())
            .mapToObj(i -> view(i + 1, study.views().get(i)))
            .toList();
    return new StudyPart(
        "%s/%d/%d".formatted(name(), seed, study.patient()),
        "%s/%d/%d".formatted(name(), seed, study.index()),
        views,
        Optional.of(new Report(study.report(), ReportStatus.FINAL, 1, null)),
        labels(study.truth()));
  }

  private RawView view(int number, PhantomView view) {
    return new RawView(
        Integer.toString(number), view.projection(), new Image.Pixels(fault.apply(view.image())));
  }

  private Map<String, Double> labels(Truth truth) {
    Map<String, Double> labels = new HashMap<>();
    truth.findings().forEach((finding, there) -> labels.put(finding.label(), value(there)));
    if (sided) {
      truth.sides().forEach((place, there) -> labels.put(place, value(there)));
    }
    return labels;
  }

  private static double value(boolean there) {
    return there ? 1 : 0;
  }
}
