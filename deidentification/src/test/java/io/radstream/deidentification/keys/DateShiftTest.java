package io.radstream.deidentification.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateShiftTest {

  private static final SiteKey KEY = SiteKey.of("a key of one hospital");

  @Test
  void shouldMoveAPatientsDatesTogetherAndEachPatientsAnotherWay() {
    DateShift shift = DateShift.of(KEY, "4711");

    Set<Integer> offsets =
        IntStream.range(0, 2000)
            .mapToObj(i -> DateShift.of(KEY, "patient " + i).days())
            .collect(Collectors.toSet());

    LocalDate first = LocalDate.of(2024, 2, 29);
    LocalDate second = LocalDate.of(2025, 7, 1);
    assertThat(DateShift.of(KEY, "4711")).isEqualTo(shift);
    assertThat(ChronoUnit.DAYS.between(shift.shift(first), shift.shift(second)))
        .isEqualTo(ChronoUnit.DAYS.between(first, second));
    assertThat(offsets).hasSizeGreaterThan(600);
    assertThat(offsets)
        .allSatisfy(days -> assertThat(days).isBetween(DateShift.MIN_DAYS, DateShift.MAX_DAYS));
    assertThat(DateShift.of(SiteKey.of("a key of another hospital"), "4711")).isNotEqualTo(shift);
  }

  @ParameterizedTest
  @CsvSource({
    "20240229,20230228",
    "20240229101530.25+0100,20230228101530.25+0100",
    "202402,202302",
    "2024,2023",
    "20240229 ,20230228"
  })
  void shouldMoveADateOfDigitsInItsOwnPrecision(String before, String after) {
    String moved = DigitStamp.parse(before).orElseThrow().shifted(new DateShift(366)).text();

    assertThat(moved).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20241301", "20240230", "2024-02-29", "yesterday", "202402291"})
  void shouldTakeNothingElseForADate(String text) {
    assertThat(DigitStamp.parse(text)).isEmpty();
  }

  @Test
  void shouldMapAUidToAnotherOfTheSameKindAlways() {
    String mapped = new UidMap(KEY).map("1.2.826.0.1.3680043.1");

    assertThat(mapped).matches("2\\.25\\.[1-9][0-9]{0,38}");
    assertThat(new UidMap(KEY).map("1.2.826.0.1.3680043.1 ")).isEqualTo(mapped);
    assertThat(new UidMap(KEY).map("1.2.826.0.1.3680043.2")).isNotEqualTo(mapped);
  }

  @Test
  void shouldRefuseAShortKeyWithoutQuotingIt() {
    assertThatThrownBy(() -> SiteKey.of("tiny"))
        .hasMessage("the pseudonym key has 4 bytes; at least 16 are needed");
  }
}
