package io.radstream.producers.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.radiology.image.ImageDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealStudiesTest {

  @Test
  void shouldReadAllOfTheRealStudies() throws Exception {
    Path file = Path.of(System.getProperty("radstream.data", "."), "studies", "studies.jsonl");
    assumeTrue(Files.isRegularFile(file), "skipped: the real studies are not on this machine");
    JsonlSource source = new JsonlSource(file);

    List<SourceItem> items;
    try (Stream<SourceItem> stream = source.items()) {
      items = stream.toList();
    }

    assertThat(source.sizeEstimate()).hasValue(255);
    assertThat(items).hasSize(255).allMatch(SourceItem.Found.class::isInstance);
    List<StudyPart> studies = items.stream().map(it -> ((SourceItem.Found) it).part()).toList();
    assertThat(studies).extracting(StudyPart::study).doesNotHaveDuplicates();
    ImageDecoder decoder = new ImageDecoder();
    for (StudyPart study : studies) {
      for (StudyPart.RawView view : study.views()) {
        decoder.decode(((StudyPart.Image.File) view.image()).bytes());
      }
    }
  }
}
