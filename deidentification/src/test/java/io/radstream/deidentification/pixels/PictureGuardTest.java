package io.radstream.deidentification.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.pixels.PictureGuard.Judged;
import io.radstream.deidentification.pixels.PictureGuard.Look;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.PixelRoom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureGuardTest {

  private static final GrayImage GROUND = Lettering.ground(400, 500);

  private final BurnedInText detector = new BurnedInText();
  private final PictureGuard refuse = new PictureGuard(Treatment.REFUSE);
  private final PictureGuard blank = new PictureGuard(Treatment.BLANK);

  @ParameterizedTest
  @CsvSource({
    "DOE JANE 1969,5,5,1,230",
    "DOE JANE 1969,5,5,2,230",
    "DOE,300,470,2,200",
    "1969,5,480,1,255",
    "JANE,200,10,4,240",
    "DOE JANE,10,460,3,0",
    "DOE 1969,280,20,2,170"
  })
  void shouldFindTextOfSeveralSizesAndShadesAtTheMargin(
      String text, int left, int top, int point, int brightness) {
    GrayImage image = Lettering.write(GROUND, text, left, top, point, brightness);

    List<Region> found = detector.find(image);

    assertThat(found).isNotEmpty();
    assertThat(found)
        .anySatisfy(
            region -> {
              assertThat(region.x()).isLessThanOrEqualTo(left + 6 * point * text.length());
              assertThat(region.right()).isGreaterThan(left);
              assertThat(region.y()).isLessThanOrEqualTo(top + 7 * point);
              assertThat(region.bottom()).isGreaterThan(top);
            });
    assertThat(detector.find(Lettering.turned(image))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"L", "PA", ""})
  void shouldLetMarkersOfTheSidePass(String marker) {
    GrayImage image = Lettering.write(GROUND, marker, 20, 20, 4, 250);

    Judged judged = refuse.bySight(image);

    assertThat(judged.refusal()).isEmpty();
    assertThat(judged.image()).isSameAs(image);
  }

  /** In a view of 512 pixels nobody could read it. */
  @Test
  void shouldFindSmallTextInALargePictureThatGoesOutWhole() {
    GrayImage ground = Lettering.ground(2200, 500);
    GrayImage image = Lettering.write(ground, "DOE JANE 1969", 40, 30, 1, 240);
    PictureGuard whole = new PictureGuard(Treatment.BLANK, Look.FOR_WHOLE_PICTURES);

    Judged judged = whole.bySight(image);

    assertThat(blank.bySight(image).regions()).isEmpty();
    assertThat(judged.regions())
        .isNotEmpty()
        .allSatisfy(
            region -> {
              assertThat(region.x()).isLessThan(40 + 6 * 13);
              assertThat(region.y()).isBetween(0, 37);
            });
    assertThat(whole.bySight(judged.image()).regions()).isEmpty();
    assertThat(whole.bySight(ground).image()).isSameAs(ground);
  }

  @Test
  void shouldRefuseOrBlankWhatItFinds() {
    GrayImage image = Lettering.write(GROUND, "DOE JANE", 10, 10, 2, 240);

    Judged blanked = blank.bySight(image);

    assertThat(blanked.blanked()).isPositive();
    assertThat(blanked.refusal()).isEmpty();
    assertThat(detector.find(blanked.image())).isEmpty();
    assertThat(blanked.image().at(200, 250)).isEqualTo(image.at(200, 250));
    assertThat(refuse.bySight(image).refusal()).isPresent();
    assertThat(new PictureGuard(Treatment.KEEP).bySight(image).image()).isSameAs(image);
  }

  @Test
  void shouldBlankTheWholeLineWhereTheGroundGrowsAsBrightAsTheText() {
    GrayImage ground = Lettering.brightening(400, 500);
    GrayImage image = Lettering.write(ground, "DOE JANE 1969", 12, 480, 2, 255);

    List<Region> found = detector.find(image);

    assertThat(found).isNotEmpty();
    for (int i = 0; i < image.pixels().length; i++) {
      int x = i % image.width();
      int y = i / image.width();
      if (image.pixels()[i] != ground.pixels()[i]) {
        assertThat(found)
            .anyMatch(it -> x >= it.x() && x < it.right() && y >= it.y() && y < it.bottom());
      }
    }
  }

  @Test
  void shouldFindTextOnALargePictureWhereItWillBeRead() {
    GrayImage large = Lettering.write(Lettering.ground(1500, 2000), "DOE JANE", 40, 40, 5, 250);

    List<Region> found = detector.find(large);

    assertThat(found).isNotEmpty().allSatisfy(region -> assertThat(region.y()).isLessThan(80));
  }

  @ParameterizedTest
  @CsvSource({
    "YES,'','',true",
    "'','YES','',true",
    "'','',SD,true",
    "'','',WSD,true",
    "NO,'',WSD,false",
    "NO,NO,'',false",
    "'','','',false"
  })
  void shouldFollowTheHeader(String burnedIn, String features, String conversion, boolean refused) {
    Origin origin = new Origin(burnedIn, features, conversion, "DX", "Acme", "X1");

    Judged judged = refuse.byOrigin(origin, GROUND);

    assertThat(judged.refusal().isPresent()).isEqualTo(refused);
  }

  @Test
  void shouldBlankWhereAKnownDeviceWrites() {
    GrayImage image = Lettering.ground(2208, 2592);
    Origin canon = new Origin("YES", "", "", "DX", "Canon Inc.", "CXDI Control");

    Judged judged = blank.byOrigin(canon, image);

    assertThat(judged.blanked()).isEqualTo(2);
    assertThat(judged.image().at(5, 5)).isZero();
    assertThat(judged.image().at(5, 2590)).isZero();
    assertThat(judged.image().at(5, 100)).isEqualTo(image.at(5, 100));
    assertThat(refuse.byOrigin(canon, image).refusal()).isPresent();
    assertThat(blank.byOrigin(canon, GROUND).refusal()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, -30})
  void shouldFindSmallFaintLettersWhereTheGroundChanges(int contrast) {
    GrayImage written =
        Lettering.write(GROUND, "DOE JANE 1969", 6, 6, 1, shade -> shade + contrast);

    assertThat(detector.find(written)).isNotEmpty();
    assertThat(detector.find(GROUND)).isEmpty();
  }

  @Test
  void shouldLookCloserOnlyWhereThereIsRoom() throws InterruptedException {
    PixelRoom room = new PixelRoom(1);
    PictureGuard guard = new PictureGuard(Treatment.REFUSE, Look.FOR_WHOLE_PICTURES, room);
    Thread second = new Thread(() -> guard.bySight(GROUND));

    Thread.State meanwhile = room.during(GROUND, () -> startedUntilItWaits(second));

    assertThat(meanwhile).isEqualTo(Thread.State.WAITING);
    second.join();
  }

  private static Thread.State startedUntilItWaits(Thread thread) {
    thread.start();
    Thread.State state = thread.getState();
    while (state != Thread.State.WAITING && state != Thread.State.TERMINATED) {
      Thread.onSpinWait();
      state = thread.getState();
    }
    return state;
  }
}
