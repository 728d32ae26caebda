package io.radstream.deidentification.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidentialityProfileTest {

  private final ConfidentialityProfile basic = ConfidentialityProfile.basic();

  @Test
  void shouldHaveAnActionForEveryRowOfTheStandardsTable() {
    List<List<String>> rows = Resource.named("profile.tsv").rows();

    ProfileTable table = ProfileTable.read();

    assertThat(rows).hasSize(621);
    assertThat(rows)
        .filteredOn(row -> !row.get(0).equals("private"))
        .hasSize(620)
        .allSatisfy(
            row -> {
              int tag = (int) Long.parseLong(row.get(0).replace('x', '0'), 16);
              assertThat(table.action(tag, Set.of())).as(row.get(1)).isPresent();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "00100010,PN,EMPTY", // Patient's Name
    "00100020,LO,DUMMY", // Patient ID
    "00100030,DA,EMPTY", // Patient's Birth Date
    "00080050,SH,EMPTY", // Accession Number
    "00080018,UI,MAP_UID", // SOP Instance UID
    "00080020,DA,EMPTY", // Study Date
    "0008103E,LO,REMOVE", // Series Description
    "60003000,OW,REMOVE", // Overlay Data, a pattern of tags
    "50121234,OW,REMOVE", // Curve Data
    "00280010,US,KEEP", // Rows
    "00185101,CS,KEEP", // View Position
    "00280010,LO,REMOVE", // Rows, but as text
    "00091010,LO,REMOVE", // private
    "00100011,LO,REMOVE", // no attribute of the standard
    "00100000,UL,REMOVE" // a group's length
  })
  void shouldActAsTheBasicProfileSays(String tag, String vr, Action action) {
    assertThat(basic.action(Attribute.of((int) Long.parseLong(tag, 16), vr))).isEqualTo(action);
  }

  @Test
  void shouldFollowTheOptions() {
    Attribute studyDate = Attribute.of(0x00080020, "DA");
    Attribute description = Attribute.of(0x0008103E, "LO");
    Attribute device = Attribute.of(0x00181000, "LO");

    ConfidentialityProfile options =
        basic.with(ProfileOption.MODIFIED_DATES, ProfileOption.DESCRIPTORS, ProfileOption.DEVICE);

    assertThat(options.action(studyDate)).isEqualTo(Action.CLEAN);
    assertThat(options.action(description)).isEqualTo(Action.CLEAN);
    assertThat(options.action(device)).isEqualTo(Action.KEEP);
    assertThat(basic.action(device)).isNotEqualTo(Action.KEEP);
    assertThat(basic.with(ProfileOption.FULL_DATES).action(studyDate)).isEqualTo(Action.KEEP);
  }

  @Test
  void shouldLetPrivateAttributesStayOnlyFromTheSafeList() {
    ConfidentialityProfile safe = basic.with(ProfileOption.SAFE_PRIVATE);

    Action listed =
        safe.action(new Attribute(0x70531000, "DS", Optional.of("Philips PET Private Group")));

    assertThat(listed).isEqualTo(Action.CLEAN);
    assertThat(
            safe.action(new Attribute(0x70531001, "DS", Optional.of("Philips PET Private Group"))))
        .isEqualTo(Action.REMOVE);
    assertThat(safe.action(new Attribute(0x70531000, "DS", Optional.of("Somebody"))))
        .isEqualTo(Action.REMOVE);
    assertThat(
            safe.action(new Attribute(0x70531000, "UN", Optional.of("Philips PET Private Group"))))
        .isEqualTo(Action.REMOVE);
  }
}
