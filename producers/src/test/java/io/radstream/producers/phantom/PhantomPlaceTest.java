package io.radstream.producers.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.phantom.Abnormality.Nodule;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhantomPlaceTest {

  private final PhantomGenerator generator = new PhantomGenerator();

  @Test
  void shouldGiveEachFindingThatWasDrawnAPlaceInThePicture() {
    LongStream.range(0, 60)
        .forEach(
            index -> {
              Map<Finding, PhantomPlace> places = generator.places(1, index);
              Truth truth = generator.study(1, index).truth();

              assertThat(truth.abnormalities())
                  .allMatch(abnormality -> places.containsKey(abnormality.finding()));
              assertThat(places.values())
                  .allMatch(place -> place.left() >= 0 && place.left() + place.width() <= 1)
                  .allMatch(place -> place.top() >= 0 && place.top() + place.height() <= 1);
            });
  }

  /** The patient's left is on the image's right. */
  @Test
  void shouldFindANoduleOnItsSide() {
    LongStream.range(0, 200)
        .forEach(
            index ->
                generator
                    .study(1, index)
                    .truth()
                    .find(Nodule.class)
                    .ifPresent(
                        nodule -> {
                          PhantomPlace place = generator.places(1, index).get(Finding.NODULE);
                          boolean right = place.left() + place.width() / 2 > 0.5;

                          assertThat(right).isEqualTo(nodule.side() == Side.LEFT);
                          assertThat(place.width()).isBetween(0.04, 0.13);
                        }));
  }
}
