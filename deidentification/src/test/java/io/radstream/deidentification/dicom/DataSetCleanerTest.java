package io.radstream.deidentification.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.keys.SiteKey;
import io.radstream.deidentification.keys.UidMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSetCleanerTest {

  private static final String CANARY = "CANARY";
  private static final String OWN = "OWN";
  private static final Attribute STUDY_DATE = Attribute.of(0x00080020, "DA");
  private static final Attribute ROWS = Attribute.of(0x00280010, "US");
  private static final Attribute REFERENCED = Attribute.of(0x00081140, "SQ");
  private static final Attribute REFERENCED_UID = Attribute.of(0x00081155, "UI");
  private static final Attribute CONTENT = Attribute.of(0x0040A730, "SQ");

  private final ConfidentialityProfile profile =
      ConfidentialityProfile.basic()
          .with(
              ProfileOption.MODIFIED_DATES, ProfileOption.DESCRIPTORS, ProfileOption.SAFE_PRIVATE);
  private final UidMap uids = new UidMap(SiteKey.of("a key of one hospital"));
  private final DataSetCleaner cleaner =
      new DataSetCleaner(
          profile,
          new ValueCleaner(
              uids,
              new DateShift(366),
              text -> text.replace(CANARY, "XXXX"),
              text -> text.replace(OWN, "XXXX")));

  @Test
  void shouldLeaveNoCanaryInAnyAttributeOfTheTable() {
    MapDataSet set = new MapDataSet();
    for (List<String> row : Resource.named("profile.tsv").rows()) {
      if (!row.get(0).equals("private")) {
        int tag = (int) Long.parseLong(row.get(0).replace('x', '0'), 16);
        set.with(Attribute.of(tag, "LO"), CANARY);
      }
    }
    set.with(new Attribute(0x00090010, "LO", Optional.empty()), CANARY);
    set.with(new Attribute(0x00091001, "LO", Optional.of(CANARY)), CANARY);

    cleaner.clean(set);

    assertThat(set.toString()).doesNotContain(CANARY);
  }

  @Test
  void shouldMoveDatesMapReferencesAndKeepTheImage() {
    MapDataSet item = new MapDataSet().with(REFERENCED_UID, "1.2.3");
    MapDataSet set =
        new MapDataSet().with(STUDY_DATE, "20240229").with(ROWS, "512").with(REFERENCED, item);

    cleaner.clean(set);

    assertThat(set.values(STUDY_DATE)).containsExactly("20230228");
    assertThat(set.values(ROWS)).containsExactly("512");
    assertThat(item.values(REFERENCED_UID)).containsExactly(uids.map("1.2.3"));
    assertThat(set.values(Attribute.of(0x00120062, "CS"))).containsExactly("YES");
    assertThat(set.values(Attribute.of(0x00280303, "CS"))).containsExactly("MODIFIED");
  }

  @Test
  void shouldTakeOwnNamesOutOfWhatStaysButForTermsThatSayHowItIsRead() {
    Attribute model = Attribute.of(0x00081090, "LO");
    Attribute kind = Attribute.of(0x00080008, "CS");
    Attribute modality = Attribute.of(0x00080060, "CS");
    Attribute photometric = Attribute.of(0x00280004, "CS");
    Attribute explanation = Attribute.of(0x00281055, "LO");
    MapDataSet set =
        new MapDataSet()
            .with(model, "Model of " + OWN)
            .with(kind, "ORIGINAL", "PRIMARY", OWN)
            .with(modality, OWN)
            .with(photometric, OWN)
            .with(explanation, OWN);

    cleaner.clean(set);

    assertThat(set.values(model)).containsExactly("Model of XXXX");
    assertThat(set.values(kind)).containsExactly("ORIGINAL", "PRIMARY", "XXXX");
    assertThat(set.values(modality)).containsExactly(OWN);
    assertThat(set.values(photometric)).containsExactly(OWN);
    assertThat(set.values(explanation)).containsExactly("XXXX");
  }

  @Test
  void shouldHollowOutASequenceThatIdentifiesAsAWhole() {
    Attribute person = Attribute.of(0x00401101, "SQ");
    Attribute meaning = Attribute.of(0x00080104, "LO");
    MapDataSet item = new MapDataSet().with(meaning, "Smith");
    MapDataSet set = new MapDataSet().with(person, item);

    cleaner.clean(set);

    assertThat(item.values(meaning)).containsExactly("XXXX");
  }

  @Test
  void shouldScrubWhatDescribesInASequenceThatDescribes() {
    Attribute diagnoses = Attribute.of(0x00081084, "SQ");
    Attribute meaning = Attribute.of(0x00080104, "LO");
    Attribute code = Attribute.of(0x00080100, "SH");
    MapDataSet item = new MapDataSet().with(meaning, "fall of " + CANARY).with(code, "T-1");
    MapDataSet set = new MapDataSet().with(diagnoses, item);

    cleaner.clean(set);

    assertThat(item.values(meaning)).containsExactly("fall of XXXX");
    assertThat(item.values(code)).containsExactly("T-1");
  }

  @Test
  void shouldEndASequenceWithinSequencesWithoutEnd() {
    MapDataSet deepest = new MapDataSet().with(ROWS, CANARY);
    MapDataSet set = deepest;
    for (int i = 0; i < 5000; i++) {
      set = new MapDataSet().with(REFERENCED, set);
    }

    cleaner.clean(set);

    DataSet place = set;
    int depth = 0;
    while (!place.items(REFERENCED).isEmpty()) {
      place = place.items(REFERENCED).get(0);
      depth++;
    }
    assertThat(depth).isEqualTo(DataSetCleaner.MAX_DEPTH);
    assertThat(place.items(CONTENT)).isEmpty();
  }
}
