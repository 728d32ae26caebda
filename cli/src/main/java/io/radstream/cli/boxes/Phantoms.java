package io.radstream.cli.boxes;

import io.radstream.evaluation.boxes.Box;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomPlace;
import io.radstream.radiology.image.ImageEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The frontal views of phantoms, of which it is known where findings were drawn. */
public record Phantoms(long seed, int studies) {

  public Stream<MarkedPicture> pictures() {
    PhantomGenerator generator = new PhantomGenerator();
    return LongStream.range(0, studies).mapToObj(index -> picture(generator, index));
  }

  private MarkedPicture picture(PhantomGenerator generator, long index) {
    Map<String, List<Box>> drawn = new HashMap<>();
    generator
        .places(seed, index)
        .forEach((finding, place) -> drawn.put(finding.label(), List.of(box(place))));
    return new MarkedPicture(
        ImageEncoder.png(generator.study(seed, index).views().get(0).image()), drawn);
  }

  private static Box box(PhantomPlace place) {
    return new Box(place.left(), place.top(), place.width(), place.height());
  }
}
