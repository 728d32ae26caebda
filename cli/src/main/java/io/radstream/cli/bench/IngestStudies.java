package io.radstream.cli.bench;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomView;
import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.Projection;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Studies as files of an archive, as many as are wanted. Each is its own study; the same pictures
 * come again.
 *
 * @param files encoded pictures
 * @param views of each study
 */
record IngestStudies(List<byte[]> files, int views, long count) implements ReadSource {

  private static final int PICTURES = 16;
  private static final String REPORT =
      "INDICATION: cough. FINDINGS: Small left effusion. The right lung is clear. IMPRESSION: Small"
          + " left effusion, unchanged.";

  /**
   * @param side of a picture, in pixels
   */
  static IngestStudies of(int views, int side, long count) {
    PhantomGenerator generator = new PhantomGenerator(side, PhantomGenerator.MAX_VIEWS);
    List<byte[]> files =
        Stream.iterate(0, study -> study + 1)
            .flatMap(study -> generator.study(1, study).views().stream())
            .limit(Math.max(PICTURES, views))
            .map(PhantomView::image)
            .map(ImageEncoder::png)
            .toList();
    return new IngestStudies(files, views, count);
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public OptionalLong sizeEstimate() {
    return OptionalLong.of(count);
  }

  @Override
  public Stream<SourceItem> items() {
    return LongStream.range(0, count).mapToObj(i -> new SourceItem.Found(i + 1, part(i)));
  }

  private StudyPart part(long number) {
    List<RawView> own =
        IntStream.range(0, views).mapToObj(view -> view(number * views + view)).toList();
    return new StudyPart(
        "patient " + number,
        "study " + number,
        own,
        Optional.of(new Report(REPORT, ReportStatus.FINAL, 1, null)),
        Map.of());
  }

  private RawView view(long number) {
    byte[] file = files.get((int) (number % files.size()));
    return new RawView(Long.toString(number), Projection.PA, new Image.File(file));
  }
}
