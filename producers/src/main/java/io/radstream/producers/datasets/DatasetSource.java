package io.radstream.producers.datasets;

import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The studies of a set, one part each, in a fixed order. Each is read when its turn comes, its
 * pictures later still, by the publisher's workers. A study that was published before under the
 * same name and of which the tables say the same is passed over.
 */
public final class DatasetSource implements ReadSource, AutoCloseable {

  /**
   * Which studies of a set.
   *
   * @param split all where it is empty
   */
  public record Selection(Optional<Split> split, Optional<Sample> sample) {

    public static final Selection ALL = new Selection(Optional.empty(), Optional.empty());
  }

  /**
   * @param number in the whole set, from 1
   */
  private record Numbered(long number, ListedStudy study) {}

  private final PublishedDataset dataset;
  private final Catalogue catalogue;
  private final List<Numbered> chosen;
  private final AtomicLong passedOver = new AtomicLong();

  private DatasetSource(PublishedDataset dataset, Catalogue catalogue, List<Numbered> chosen) {
    this.dataset = dataset;
    this.catalogue = catalogue;
    this.chosen = chosen;
  }

  /**
   * Reads the tables of a set.
   *
   * @throws java.nio.file.NoSuchFileException where there is no such directory
   * @throws DatasetException where a file is missing or damaged, or the set has no such split
   */
  public static DatasetSource open(PublishedDataset dataset, Path path, Selection selection)
      throws IOException {
    checkSplit(dataset, selection);
    Catalogue catalogue = dataset.read(DatasetDirectory.of(path));
    List<ListedStudy> studies = catalogue.studies();
    List<Numbered> ofSplit =
        IntStream.range(0, studies.size())
            .mapToObj(i -> new Numbered(i + 1L, studies.get(i)))
            .filter(
                it -> selection.split().isEmpty() || it.study().split().equals(selection.split()))
            .toList();
    List<Numbered> chosen =
        selection
            .sample()
            .map(it -> it.of(ofSplit, study -> study.study().patient()))
            .orElse(ofSplit);
    if (chosen.isEmpty()) {
      throw new DatasetException("%s: there is no study to send".formatted(dataset.name()));
    }
    return new DatasetSource(dataset, catalogue, chosen);
  }

  private static void checkSplit(PublishedDataset dataset, Selection selection)
      throws DatasetException {
    if (selection.split().isPresent() && !dataset.splits().contains(selection.split().get())) {
      throw new DatasetException(
          "%s has no split \"%s\""
              .formatted(dataset.name(), selection.split().get().name().toLowerCase(Locale.ROOT)));
    }
  }

  /** How the files differ from the set as published, for people; empty where they do not. */
  public List<String> deviations() {
    List<String> deviations = new ArrayList<>(catalogue.notes());
    catalogue.published().deviation(catalogue.found()).ifPresent(deviations::add);
    return deviations;
  }

  /** How many studies were not sent because an earlier run had sent them. */
  public long passedOver() {
    return passedOver.get();
  }

  @Override
  public String name() {
    return dataset.name();
  }

  @Override
  public OptionalLong sizeEstimate() {
    return OptionalLong.of(chosen.size());
  }

  @Override
  public Stream<SourceItem> items() {
    return chosen.stream().map(this::item);
  }

  @Override
  public void deliver(PartSink sink) {
    for (Numbered next : chosen) {
      if (!sink.isOpen()) {
        return;
      }
      String key = "dataset/" + identifier(next.study().study());
      String digest = next.study().digest() + dataset.settings();
      if (sink.recall(key).filter(digest::equals).isPresent()) {
        passedOver.incrementAndGet();
      } else {
        Mark mark = new Mark(key, digest);
        Origin origin = new Origin(next.study().study(), "");
        sink.accept(new Consignment(List.of(item(next)), List.of(mark), origin), Receipt.NONE);
      }
    }
  }

  private SourceItem item(Numbered numbered) {
    ListedStudy study = numbered.study();
    try {
      if (study.views().isEmpty()) {
        throw new RefusedStudyException(
            RejectionReason.NO_VIEW, "the set has no radiograph of the study");
      }
      Optional<Report> report =
          study.report().read().map(text -> new Report(text, ReportStatus.FINAL, 1, null));
      return new SourceItem.Found(
          numbered.number(),
          new StudyPart(
              identifier(study.patient()),
              identifier(study.study()),
              views(study.views()),
              report,
              study.labels()));
    } catch (RefusedStudyException e) {
      return new SourceItem.Refused(numbered.number(), e.reason(), e.getMessage());
    } catch (IOException e) {
      return new SourceItem.Refused(
          numbered.number(), RejectionReason.INVALID_RECORD, "the report cannot be read");
    }
  }

  private List<RawView> views(List<ListedView> listed) {
    List<RawView> views = new ArrayList<>();
    for (ListedView view : listed) {
      int number = views.size() + 1;
      Image image = new Image.Deferred(() -> catalogue.pictures().read(view.file(), number));
      views.add(new RawView(view.key(), view.projection(), image, view.facts(), view.boxes()));
    }
    return views;
  }

  /** Sets number their patients alike. */
  private String identifier(String ofSet) {
    return dataset.name() + "/" + ofSet;
  }

  @Override
  public void close() throws IOException {
    catalogue.close();
  }
}
