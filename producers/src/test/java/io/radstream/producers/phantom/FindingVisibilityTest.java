package io.radstream.producers.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.phantom.Abnormality.Cardiomegaly;
import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Nodule;
import io.radstream.producers.phantom.Abnormality.Opacity;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same patient, exposed alike, with and without a finding, at 64 pixels. */
class FindingVisibilityTest {

  private static final int SIZE = 64;
  private static final int PATIENTS = 12;

  /** Far above the grain, whose deviation is at most 5. */
  private static final int VISIBLE = 25;

  @ParameterizedTest
  @EnumSource(Extent.class)
  void shouldWhitenTheLowerRightOfTheImageForALeftEffusion(Extent extent) {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Change change = change(patient, new Effusion(Side.LEFT, extent));

      assertThat(change.brighter(0.5, 1, 0.5, 1)).isGreaterThan(15);
      assertThat(change.changed(0, 0.45, 0, 1)).isZero();
    }
  }

  @Test
  void shouldDarkenTheUpperLeftOfTheImageForARightPneumothorax() {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Change change = change(patient, new Pneumothorax(Side.RIGHT, Extent.SMALL));

      assertThat(change.darker(0, 0.5, 0, 0.6)).isGreaterThan(15);
      assertThat(change.changed(0.55, 1, 0, 1)).isZero();
    }
  }

  @Test
  void shouldWidenTheHeartToTheLeft() {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Change change = change(patient, new Cardiomegaly());

      assertThat(change.brighter(0.5, 1, 0.4, 0.85)).isGreaterThan(60);
    }
  }

  @ParameterizedTest
  @EnumSource(Zone.class)
  void shouldClutterTheRightZoneForAnOpacity(Zone zone) {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Change change = change(patient, new Opacity(Side.RIGHT, zone));

      assertThat(change.brighter(0, 0.5, from(zone), from(zone) + 0.4)).isGreaterThan(20);
      assertThat(change.changed(0.55, 1, 0, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Zone.class)
  void shouldShowANoduleOfThreePixelsAcross(Zone zone) {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Change change = change(patient, new Nodule(Side.LEFT, zone));

      assertThat(change.brighter(0.5, 1, from(zone), from(zone) + 0.4)).isBetween(6, 25);
      assertThat(change.changed(0, 0.45, 0, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldBluntThePosteriorAngleOfALateralView(Side side) {
    for (long patient = 0; patient < PATIENTS; patient++) {
      Truth truth = new Truth(List.of(new Effusion(side, Extent.SMALL)));

      Change change = new Change(lateral(patient, healthy()), lateral(patient, truth));

      assertThat(change.brighter(0.5, 1, 0.5, 1)).isGreaterThan(15);
    }
  }

  private static double from(Zone zone) {
    return switch (zone) {
      case UPPER -> 0.1;
      case MID -> 0.28;
      case LOWER -> 0.45;
    };
  }

  private static Truth healthy() {
    return new Truth(List.of());
  }

  private static Change change(long patient, Abnormality abnormality) {
    return new Change(
        frontal(patient, healthy()), frontal(patient, new Truth(List.of(abnormality))));
  }

  private static GrayImage frontal(long patient, Truth truth) {
    return expose(
        patient,
        new FrontalChest(anatomy(patient), truth, random("lesions", patient), clouds(), false));
  }

  private static GrayImage lateral(long patient, Truth truth) {
    return expose(
        patient, new LateralChest(anatomy(patient), truth, random("lesions", patient), clouds()));
  }

  private static GrayImage expose(long patient, Scene scene) {
    Exposure exposure = Exposure.draw(random("exposure", patient));
    return new Detector(SIZE).expose(scene, exposure, random("grain", patient));
  }

  private static Anatomy anatomy(long patient) {
    return Anatomy.draw(random("anatomy", patient));
  }

  private static CloudNoise clouds() {
    return new CloudNoise(random("clouds", 0));
  }

  private static CounterRandom random(String name, long patient) {
    return CounterRandom.of(3, name, patient);
  }

  /** Counts pixels in a part of the image, given as fractions of its sides. */
  private record Change(GrayImage before, GrayImage after) {

    int brighter(double left, double right, double top, double bottom) {
      return count(left, right, top, bottom, VISIBLE, 255);
    }

    int darker(double left, double right, double top, double bottom) {
      return count(left, right, top, bottom, -255, -VISIBLE);
    }

    int changed(double left, double right, double top, double bottom) {
      return brighter(left, right, top, bottom) + darker(left, right, top, bottom);
    }

    private int count(double left, double right, double top, double bottom, int least, int most) {
      int count = 0;
      for (int y = (int) (top * SIZE); y < Math.min(SIZE, (int) (bottom * SIZE)); y++) {
        for (int x = (int) (left * SIZE); x < (int) (right * SIZE); x++) {
          int difference = after.at(x, y) - before.at(x, y);
          count += difference >= least && difference <= most ? 1 : 0;
        }
      }
      return count;
    }
  }
}
