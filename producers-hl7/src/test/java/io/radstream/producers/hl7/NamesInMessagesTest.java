package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.Identifying;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesInMessagesTest {

  @ParameterizedTest
  @CsvSource({
    "NK1, 26, CASCAJO^TERESA",
    "NK1, 30, CASCAJO^TERESA",
    "GT1, 4, CASCAJO^TERESA",
    "GT1, 45, CASCAJO^TERESA",
    "IN1, 6, CASCAJO^TERESA",
    "IN1, 16, CASCAJO^TERESA",
    "IN2, 7, CASCAJO^TERESA",
    "CTD, 2, CASCAJO^TERESA",
    "MRG, 7, CASCAJO^TERESA",
    "STF, 3, CASCAJO^TERESA",
    "PRT, 5, 4711^CASCAJO^TERESA",
    "ROL, 4, 4711^CASCAJO^TERESA",
    "PV1, 8, 4711^CASCAJO^TERESA",
    "PV2, 13, 4711^CASCAJO^TERESA",
    "PD1, 4, 4711^CASCAJO^TERESA",
    "AIP, 3, 4711^CASCAJO^TERESA",
    "NTE, 5, 4711^CASCAJO^TERESA",
    "TXA, 9, 4711^CASCAJO^TERESA",
    "TXA, 22, 4711^CASCAJO^TERESA",
    "DG1, 16, 4711^CASCAJO^TERESA",
    "PR1, 11, 4711^CASCAJO^TERESA",
    "ORC, 12, 4711^CASCAJO^TERESA",
    "OBX, 25, 4711^CASCAJO^TERESA",
    "OBR, 33, 4711&CASCAJO&TERESA",
    "OBR, 28, CASCAJO^TERESA",
    "OBR, 32, CASCAJO^TERESA",
    "OBR, 32, CASCAJO&TERESA",
    "PV1, 8, CASCAJO^TERESA",
    "ZPI, 3, CASCAJO^TERESA",
    "ZDR, 9, 4711^CASCAJO^TERESA"
  })
  void shouldNameWhomAnySegmentNames(String segment, int field, String value) throws Exception {
    Identifying identifying = named(segment + "|".repeat(field) + value);

    assertThat(identifying.names()).contains("CASCAJO^TERESA");
  }

  @Test
  void shouldNameWhomTheMessageNamesBeforeThePatient() throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink)) {
      listening.send(
          Messages.simple("C1").replaceFirst("\rPID", "\rEVN|R01||||4711^CASCAJO^TERESA\rPID"));
    }

    assertThat(identifying(sink).names()).contains("CASCAJO^TERESA");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CTD|||7 MILL ROAD^^ARGAMASILLA",
        "IN1|||||||||||||||||||7 MILL ROAD^^ARGAMASILLA",
        "ROL|||||||||||7 MILL ROAD^^ARGAMASILLA"
      })
  void shouldFindAddressesOfAnySegment(String segment) throws Exception {
    assertThat(named(segment).addresses()).contains("7 MILL ROAD", "ARGAMASILLA");
  }

  @Test
  void shouldFindTelephonesAndNumbersOfAnySegment() throws Exception {
    Identifying identifying =
        named("CTD|||||555-0404~^WPN^PH^^43^316^445566\rIN1" + "|".repeat(49) + "POLICY99");

    assertThat(identifying.numbers())
        .contains("555-0404", "POLICY99", "316 445566", "0316 445566", "43 316 445566");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZPI|71046^XR CHEST^L",
        "ZPI|71046^XR CHEST^99LOCAL",
        "ZPI|M^Male^HL70001",
        "ZPI|The lungs are clear",
        "ZPI|3^2^1"
      })
  void shouldNotTakeCodesOfTheSitesOwnSegmentsForNames(String segment) throws Exception {
    assertThat(named(segment).names()).isEqualTo(named("ZPI|").names());
  }

  @Test
  void shouldNotTakeTheNumberOfAHouseForAnAddress() throws Exception {
    assertThat(named("NK1||||MILL ROAD 7&MILL ROAD&7").addresses())
        .contains("MILL ROAD 7")
        .doesNotContain("7");
  }

  /** What is found in a report that this segment belongs to. */
  private static Identifying named(String segment) throws Exception {
    RecordingSink sink = RecordingSink.atOnce();
    try (Listening listening = Listening.with(sink)) {
      String observation = Messages.tx(1, "The lungs are clear.");
      listening.send(Messages.report("C1", List.of(observation, segment)));
    }
    return identifying(sink);
  }

  private static Identifying identifying(RecordingSink sink) {
    return sink.found().get(0).part().identifying();
  }
}
