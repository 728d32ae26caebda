package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final MockClock clock = new MockClock();

  private Admission admission(int studies, long bytes) {
    return new Admission(new BatchLimits(1, Duration.ZERO, studies, bytes), clock);
  }

  private static OverloadedException refused(Admission admission, long bytes) {
    return catchThrowableOfType(OverloadedException.class, () -> admission.enter(bytes));
  }

  @Test
  void shouldLetInNoMoreStudiesThanItMay() {
    Admission admission = admission(2, 1000);
    Admission.Place first = admission.enter(1);
    admission.enter(1);

    assertThat(refused(admission, 1)).hasMessage("studies that are waiting already: 2");
    first.leave(true);
    first.leave(true);

    admission.enter(1);
    assertThat(admission.studies()).isEqualTo(2);
  }

  @Test
  void shouldLetInNoMoreBytesThanItMay() {
    Admission admission = admission(9, 1000);
    Admission.Place first = admission.enter(400);
    first.grow(500);

    assertThat(refused(admission, 101))
        .hasMessage("900 bytes of other studies are waiting already");
    assertThat(admission.enter(100)).isNotNull();
    first.leave(true);

    assertThat(admission.bytes()).isEqualTo(100);
  }

  @Test
  void shouldLetInOneStudyWhateverItsSize() {
    Admission admission = admission(9, 1000);

    Admission.Place large = admission.enter(5000);

    assertThat(refused(admission, 1)).isNotNull();
    large.leave(true);
    assertThat(admission.bytes()).isZero();
  }

  @Test
  void shouldTellWhenAllThatWaitsWillBeDone() {
    Admission admission = admission(10, 1000);
    Queue<Admission.Place> inside = full(admission);
    for (int i = 0; i < 8; i++) {
      clock.add(Duration.ofMillis(300));
      inside.remove().leave(true);
      inside.add(admission.enter(1));
    }

    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND.multipliedBy(3));
  }

  @Test
  void shouldNotTakeTheFirstOfAPassForAllThatWasDoneMeanwhile() {
    Admission admission = new Admission(new BatchLimits(16, Duration.ZERO, 64, 1000), clock);
    Queue<Admission.Place> inside = full(admission, 64);
    clock.add(SECOND);
    List<Duration> told = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      inside.remove().leave(true);
      admission.enter(1);
      told.add(refused(admission, 1).retryAfter());
    }

    assertThat(told).containsOnly(SECOND.multipliedBy(4));
  }

  @Test
  void shouldNotCountTimeInWhichThereWasNothingToDo() {
    Admission admission = admission(10, 1000);
    for (int i = 0; i < 8; i++) {
      clock.add(Duration.ofHours(1));
      Admission.Place only = admission.enter(1);
      clock.add(Duration.ofMillis(500));
      only.leave(true);
    }

    full(admission);

    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND.multipliedBy(5));
  }

  @Test
  void shouldAskForOneSecondToSixty() {
    Admission admission = admission(10, 1000);
    Queue<Admission.Place> inside = full(admission);

    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND);
    clock.add(Duration.ofMillis(1));
    inside.remove().leave(true);
    admission.enter(1);
    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND);
    clock.add(Duration.ofHours(1));

    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND.multipliedBy(60));
  }

  @Test
  void shouldNotTakeThoseForDoneWhoWentAway() {
    Admission admission = admission(10, 1000);
    Queue<Admission.Place> inside = full(admission);
    clock.add(Duration.ofSeconds(2));
    inside.remove().leave(true);
    admission.enter(1);

    for (int i = 0; i < 5; i++) {
      inside.remove().leave(false);
      admission.enter(1);
    }

    assertThat(refused(admission, 1).retryAfter()).isEqualTo(SECOND.multipliedBy(20));
  }

  private static Queue<Admission.Place> full(Admission admission) {
    return full(admission, 10);
  }

  private static Queue<Admission.Place> full(Admission admission, int studies) {
    Queue<Admission.Place> inside = new ArrayDeque<>();
    for (int i = 0; i < studies; i++) {
      inside.add(admission.enter(1));
    }
    return inside;
  }
}
