package io.radstream.producers.publish;

import io.radstream.producers.publish.SourceItem.Found;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A source's studies without what it knows of their findings. */
record UnlabelledSource(StudySource source) implements StudySource {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public OptionalLong sizeEstimate() {
    return source.sizeEstimate();
  }

  @Override
  public Stream<SourceItem> items() {
    return source.items().map(UnlabelledSource::unlabelled);
  }

  private static SourceItem unlabelled(SourceItem item) {
    if (item instanceof Found found) {
      RawStudy study = found.study();
      return new Found(
          found.number(),
          new RawStudy(study.patient(), study.study(), study.views(), study.report()));
    }
    return item;
  }
}
