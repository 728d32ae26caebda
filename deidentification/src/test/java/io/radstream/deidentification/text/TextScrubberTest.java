package io.radstream.deidentification.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.radiology.CounterRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextScrubberTest {

  /** A year that is no leap year: the same day of the year before. */
  private static final DatePolicy SHIFT = new DatePolicy.Shift(new DateShift(365), false);

  private static final Identifiers KNOWN =
      new Identifiers(
          Set.of(
              "MÜLLER-O'BRIEN^HANNELORE^ANNA^^",
              "Li^May",
              "WHITE^ROSE^J^DR",
              "van der Berg, Johannes",
              "McDonald, Siobhán",
              "Graves^Peter"),
          Set.of("A-1234567", "0047110815", "555-0199"),
          Set.of("17 Elm Tree Court^^Springfield^IL^62704"));

  private final TextScrubber scrubber = new TextScrubber(SiteList.EMPTY);

  private String scrubbed(String text) {
    return scrubber.scrub(text, KNOWN, SHIFT).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hannelore Müller was seen.|XXXX was seen.",
        "Patient MUELLER, HANNELORE A. supine.|Patient XXXX. supine.",
        "Frau Muller-O’Brien klagt.|Frau XXXX klagt.",
        "O'Briens chest, obrien's film.|XXXX chest, XXXX film.",
        "Ms. OBrien and R. White|Ms. XXXX and XXXX",
        "Hannelore’s heart, HANNELORES HEART|XXXX heart, XXXX HEART",
        "Discussed with May Li at noon.|Discussed with XXXX at noon.",
        "Dr. White reviewed it, Dr White agrees.|Dr. XXXX reviewed it, Dr XXXX agrees.",
        "seen by Rose in clinic|seen by XXXX in clinic",
        "J. White, MD|XXXX, MD",
        "Johannes van der Berg|XXXX",
        "Mc Donald, Siobhan and McDonald's|XXXX and XXXX",
        "Peter Graves has no Graves disease.|XXXX has no Graves disease."
      })
  void shouldTakeOutTheStudysOwnNamesInAnyWriting(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "May represent atelectasis. This may be scarring.",
        "MAY REPRESENT PNEUMONIA. WHITE LUNG.",
        "The white matter rose to the li level.",
        "Compression of T12 and L5-S1, C7 intact; RUL opacity of 3.2 x 4.1 cm.",
        "Systolic 2/6 murmur, 1/2 of the lung, grade 3/4, 30 degrees, 5-10 mm nodules.",
        "Pain 8/10 on 2 views. Images 1/12 to 3/12. 4/5 strength.",
        "Heart size 12.5 cm, ratio 0.52, 120 kVp, 1.5 mAs, 1000-1200 HU, L1-2, C3/4.",
        "ET tube 4.5 cm above the carina; PICC 2-3 cm below. Ribs 5-8 and 6/7.",
        "5'4\" tall, BMI 34. 65-year-old with 20 pack-years since age 15.",
        "At 10:15 the 2.1.3 protocol, 3 of 4 leads, 12-lead ECG, 50% of T1-T2.",
        "No change since 2018. 1st rib, 2nd and 3rd ribs. 24 hours, 3 days ago.",
        "Swan-Ganz catheter, Kerley B lines, Hickman line, Graves disease.",
        "1-2-3 sign, 5-10-15 mm, 1.5 x 2.0 x 3.2 cm.",
        "Gallenwege und Atemwege frei. Atemweg 2 cm. BWK 12, 3. Rippe.",
        "Discussed with Surgery. Requested by Cardiology. CA Breast. OA Knee. RN notified.",
        "PCP Pneumonia. PCP: Ground glass opacities. CA Prostata, OA Hüfte. CA Mamma.",
        "DISCUSSED WITH SURGERY. ATTENDING PHYSICIAN NOTIFIED. RIGHT LUNG CLEAR. READ BY CT.",
        "Images 12 3 40, series 3 4 2, 12 cm III 20. Grade III 2019 scale, 3 x 12 x 20 mm.",
        "Dictated by voice recognition. Typed by hand. Dr Drain and Lungs clear.",
        "Dr Drain right side. Mother denies. Wife present. i.V. Kontrastmittel. Signed.",
        "Right ribs 8/9/10, 8-9-10 posterior ribs, segments 8/9/10, Th 10/11/12, BWK 10/11/12.",
        "Signed: Normal chest. Read by: Normal study. Please DO not.",
        "MR of the brain. CT 3 mm slices. DR chest, PA and lateral.",
        "A share of 0.123456, DAP 123456.7 in all.",
        "Ratio 1.20, 3.201 mm, 12.2019 HU. Rib 2/3, views 1 and 2. 12 mAs 10 ms."
      })
  void shouldLeaveTheMedicine(String text) {
    assertThat(scrubbed(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on 2020-03-15 and 2020/3/15|on 2019-03-16 and 2019/3/16",
        "at 2020-03-15T10:15:30Z|at 2019-03-16T10:15:30Z",
        "from 3/15/2020, 03/15/20, 3-15-2020|from 3/16/2019, 03/16/19, 3-16-2019",
        "vom 15.03.2020 und 15.3.20|vom 16.03.2019 und 16.3.19",
        "15/03/2020 then 04/03/2020|16/03/2019 then 05/03/2019",
        "on 3/4/2021|on 3/4/2020",
        "March 15, 2020; MARCH 15TH, 2020; Mar. 1 2021|March 16, 2019; MARCH 16TH, 2019; Mar. 1 2020",
        "15-Mar-2020, 1 March 2020, 1st of March 2020|16-Mar-2019, 2 March 2019, 2nd of March 2019",
        "Sunday, March 15, 2020|Saturday, March 16, 2019",
        "15. März 2020 und 1. Mai 2021|16. März 2019 und 1. Mai 2020",
        "le 1er février 2021|le 2 février 2020",
        "15 de marzo de 2020, 15 de março de 2021|16 de marzo de 2019, 15 de março de 2020",
        "15 marzo 2020|16 marzo 2019",
        "compared with March 2021|compared with March 2020",
        "CXR on 3/12 and 3/14|CXR on 3/12 and 3/14",
        "film of 03/2021|film of 03/2020",
        "since May 5|since May 5",
        "PA and lateral 3/4/19, fracture of ribs 3/4/19|PA and lateral 3/4/18, fracture of ribs 3/4/18"
      })
  void shouldMoveDatesInTheirOwnForm(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Stay 1/2/2021-1/5/2021, 1/2/2021,1/5/2021.|Stay 1/3/2020-1/6/2020, 1/3/2020,1/6/2020.",
        "01.02.2022-05.02.2022, 01.02.2022–05.02.2022|01.02.2021-05.02.2021, 01.02.2021–05.02.2021",
        "2022-01-02/2022-01-05, 1/2/22-1/5/22|2021-01-02/2021-01-05, 1/2/21-1/5/21",
        "films 12/2022-01/2023|films 12/2021-01/2022",
        "02JAN2022, 2JAN22, 02-Jan2022|02JAN2021, 2JAN21, 02-Jan2021",
        "at 20220102T140500|at 20210102T140500",
        "on1/2/2022, CXR1/2/2022, CT_1/2/2022|on1/2/2021, CXR1/2/2021, CT_1/2/2021",
        "2022年1月2日, 2022년 1월 2일|2021年1月2日, 2021년 1월 2일",
        "Jan. 2 and 3 2022, 2 to 4 January 2022|XXXX, XXXX",
        "02.-04.01.2022, 1/2-1/4/2022|XXXX, XXXX",
        "Anfang Januar 26, dann|Anfang Januar 25, dann",
        "CT 2 Jan 22 and Jan. 2, '22; of Jan 2, 22.|CT 2 Jan 21 and Jan. 2, '21; of Jan 2, 21.",
        "2 janv. 22, vom 2 Januar 22|2 janv. 21, vom 2 Januar 21",
        "2022JAN02 and 01.2022|2021JAN02 and 01.2021",
        "2/3 January 2022, Jan 2 to Jan 3, 2022|XXXX, XXXX",
        "H31年3月12日, 2022年一月二日|XXXX, XXXX"
      })
  void shouldMoveDatesJoinedToOthersOrToWords(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 Mar 50",
        "12th of March 50",
        "Mar 12 50",
        "Mar 12, '50",
        "12 M\u00e4rz 50",
        "1950MAR12",
        "12.3.50",
        "March 12, 1950"
      })
  void shouldTakeOutTheOwnDateOfBirthWithAShortYear(String birth) {
    Identifiers known =
        new Identifiers(Set.of(), Set.of(), Set.of(), Set.of(LocalDate.of(1950, 3, 12)));

    String text = scrubber.scrub("Came on " + birth + ".", known, SHIFT).text();

    assertThat(text).isEqualTo("Came on XXXX.");
  }

  @Test
  void shouldMoveADateWithoutAYearToo() {
    DatePolicy ten = new DatePolicy.Shift(new DateShift(375), false);

    String text = scrubber.scrub("on 3/12 and April 5, seen in June", Identifiers.NONE, ten).text();

    assertThat(text).isEqualTo("on 3/2 and March 26, seen in June");
  }

  @Test
  void shouldTakeDatesOutWhereTheyMayNotStay() {
    String text =
        scrubber
            .scrub(
                "On March 15, 2020 at 10:15 AM, 3/12 and 15.03.20.",
                Identifiers.NONE,
                new DatePolicy.Remove())
            .text();

    assertThat(text).isEqualTo("On XXXX at XXXX, 3/12 and XXXX.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acc A1234567, a 1234567|acc XXXX, XXXX",
        "Acc. No. 4881 and MR# 4882|Acc. No. XXXX and MR# XXXX",
        "CPR 120350-1234, IBAN DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111.|CPR XXXX, IBAN XXXX, XXXX.",
        "call 03-1234-5678|call XXXX",
        "No. 47110815 or 0047 110815|No. XXXX or XXXX",
        "MRN: 12-34-56, Accession # CR-99-123|MRN: XXXX, Accession # XXXX",
        "Fallnummer: 998877, Pat.-Nr. 4455X|Fallnummer: XXXX, Pat.-Nr. XXXX",
        "call (555) 123-4567 x12 or 555.123.4567|call XXXX or XXXX",
        "pager 4711, Tel. 0711/123456-0, +49 711 1234567|pager XXXX, Tel. XXXX, XXXX",
        "SSN 123-45-6789, NHS number 943 476 5919|SSN XXXX, NHS number XXXX",
        "mail j.doe@clinic.example.org or https://x.example/p?id=1|mail XXXX or XXXX",
        "lives at 12 North Oak Street, Apt 4|lives at XXXX",
        "17 ELM  TREE COURT, Springfield, IL 62704|XXXX",
        "Boston, MA 02115; 70173 Stuttgart; SW1A 1AA|XXXX; XXXX; XXXX",
        "Hauptstraße 12a; 12 rue de la Paix; calle Mayor 5|XXXX; XXXX; XXXX",
        "call 030 / 123 45-67|call XXXX",
        "94yo, 102yo; 88yo|XXXXyo, XXXXyo; 88yo",
        "a 93-year-old, aged 101, 90 y/o, 95-jährige|a XXXX-year-old, aged XXXX, XXXX y/o, XXXX-jährige",
        "DOB 01/02/1930, geb. 3.4.1931|DOB XXXX, geb. XXXX",
        "Study 1.2.840.113619.2.55.3|Study XXXX",
        "pat A1234567b, 47110815x, id47110815|pat XXXX, XXXXx, XXXX"
      })
  void shouldTakeOutNumbersAndPlaces(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*03.03.1950, m",
        "Patient (*03.03.1950)",
        "D.O.B. 03/03/1950",
        "Geb.-Dat. 3.3.1950",
        "Geb.Dat.: 3.3.1950",
        "F. nac.: 3/3/1950",
        "DN: 3/3/1950",
        "F.N. 3/3/1950",
        "born 3rd March 1950",
        "geboren am 3. März 1950",
        "né le 3/3/1950",
        "Hannelore Müller (03.03.1950)",
        "Müller, Hannelore, 3.3.1950, w",
        "Name\tDOB\tExam\nXXXX\t1950-03-03\t2022-01-01"
      })
  void shouldTakeOutADateOfBirthAndNotMoveIt(String text) {
    assertThat(scrubbed(text)).contains("XXXX").doesNotContain("1950", "1949");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Seen 12.03.1950 in clinic",
        "19500312 and 1950-03-12",
        "12/03/1950, 03/12/1950, 3/12/50",
        "March 12, 1950; 12 mars 1950; 12. März 1950",
        "12 марта 1950 and 12 III 1950",
        "1950年3月12日",
        "12_03_1950; 1950_03_12; 1950·03·12",
        "in March 1950; 03/1950",
        "12 03 50",
        "120350"
      })
  void shouldTakeOutThePatientsOwnDateOfBirthInAnyStyle(String text) {
    Identifiers known =
        new Identifiers(Set.of(), Set.of(), Set.of(), Set.of(LocalDate.of(1950, 3, 12)));

    String scrubbed = scrubber.scrub(text, known, SHIFT).text();

    assertThat(scrubbed).contains("XXXX").doesNotContainPattern("[0-9]");
  }

  @Test
  void shouldMoveTheOtherDatesOfAPatientWhoseBirthIsKnown() {
    Identifiers known =
        new Identifiers(Set.of(), Set.of(), Set.of(), Set.of(LocalDate.of(1950, 3, 12)));

    String scrubbed = scrubber.scrub("on 13.03.1950 and March 12, 1951", known, SHIFT).text();

    assertThat(scrubbed).isEqualTo("on 13.03.1949 and March 12, 1950");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15 марта 2021; 15 marca 2021; 15. března 2021|15 марта 2020; 15 marca 2020; 15. března 2020",
        "15 maart 2021; 15 mars 2021; 15 Mart 2021|15 maart 2020; 15 mars 2020; 15 Mart 2020",
        "15 oktober 2021 and 15 Ekim 2021|15 oktober 2020 and 15 Ekim 2020",
        "3/XI/2021, 3 XI 2021, 3.XI.2021, 3-xi-21|3/XI/2020, 3 XI 2020, 3.XI.2020, 3-xi-20",
        "3 11 2021, then 3_11_2021; 2021_11_03|3 11 2020, then 3_11_2020; 2020_11_03",
        "3,11,2021; 3·11·2021|3,11,2020; 3·11·2020",
        "１３．１１．２０２１|13．11．2020",
        "平成31年3月13日、令和元年5月1日、R3.5.1|XXXX、XXXX、XXXX",
        "二〇二一年三月十三日|XXXX",
        "98/11/23|97/11/23",
        "compared with 11/23, vs. 11/24|compared with 11/23, vs. 11/24",
        "the Thirteenth of March 2021; March the twenty-first, 2021|the XXXX; XXXX",
        "2021-11-03/14|XXXX"
      })
  void shouldMoveDatesOfMoreStylesOrTakeThemOut(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @Test
  void shouldMoveADayBehindWordsOfComparison() {
    DatePolicy ten = new DatePolicy.Shift(new DateShift(375), false);

    String text =
        scrubber
            .scrub("compared with 3/12, strength compared to 3/5", Identifiers.NONE, ten)
            .text();

    assertThat(text).isEqualTo("compared with 3/2, strength compared to 3/5");
  }

  @Test
  void shouldMoveWhatStandsBesideAColumnOfBirth() {
    assertThat(scrubbed("DOB\tExam\n1950-03-03\t2022-01-02"))
        .isEqualTo("DOB\tExam\nXXXX\t2021-01-02");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dr. Jane Q. Doe was called.|Dr. XXXX was called.",
        "DISCUSSED WITH DR FOO BAR AT 5 PM BY TELEPHONE|DISCUSSED WITH DR XXXX AT 5 PM BY TELEPHONE",
        "Electronically signed by: Foo Barson|Electronically signed by: XXXX",
        "Prof. Dr. med. Änne Schön|Prof. Dr. med. XXXX",
        "Patient Name: DOE, JANE|Patient Name: XXXX",
        "Dr. Doe Findings: clear|Dr. XXXX Findings: clear",
        "John Barson MD read it|XXXX MD read it",
        "Discussed with Patel. Findings d/w Patel at 14:05.|Discussed with XXXX. Findings d/w XXXX at 14:05.",
        "Called to RN Kathy. Wife Susan came.|Called to RN XXXX. Wife XXXX came.",
        "Signed: Kathy Lee Jones; /s/ K Jones|Signed: XXXX; /s/ XXXX",
        "Attending: Brown; Dictating: Brown|Attending: XXXX; Dictating: XXXX",
        "gez. Schmidt, OA Schmidt, CA Meier, i.A. Weber|gez. XXXX, OA XXXX, CA XXXX, i.A. XXXX",
        "telefonisch an Kollegen Huber.|telefonisch an Kollegen XXXX.",
        "Fdo.: Juan Pérez; Dr/a Perez|Fdo.: XXXX; Dr/a XXXX",
        "Médico solicitante: Pérez Gómez, Juan|Médico solicitante: XXXX",
        "NºHC: 12345|NºHC: XXXX",
        "DISCUSSED WITH JOHN BROWN. CALLED TO NURSE BROWN AT 3PM.|DISCUSSED WITH XXXX. CALLED TO NURSE XXXX AT 3PM.",
        "Signed by: J Barson; Read by J. Barson.|Signed by: XXXX; Read by XXXX.",
        "Dictated by: jbarson; typed by jbarson.|Dictated by: XXXX; typed by XXXX.",
        "Dr. Doe and Barson were told, Drs. Doe, Roe and Barson|Dr. XXXX and XXXX were told, Drs. XXXX and XXXX",
        "DISCUSSED WITH DR. DOE AND BARSON BY PHONE|DISCUSSED WITH DR. XXXX AND XXXX BY PHONE",
        "Dr. de la Torre; Dr. van der Velden; Dr. al-Barson; Dr. El-Barson; Dr. d'Alba|Dr. XXXX; Dr. XXXX; Dr. XXXX; Dr. XXXX; Dr. XXXX",
        "Prof. Dr. h.c. Barson came|Prof. Dr. h.c. XXXX came",
        "JOHN BARSON MD. BARSON, JOHN A., M.D.; CLEAR LUNGS|XXXX MD. XXXX, M.D.; CLEAR LUNGS",
        "DICTATED BY: JOHN A BARSON, M.D.; APPROVED BY JOHN BARSON.|DICTATED BY: XXXX, M.D.; APPROVED BY XXXX.",
        "Interpreted by: John A Barson. John A. Barson, DO, FACR|Interpreted by: XXXX. XXXX, DO, FACR",
        "SIGNED: KATHY JONES; ATTENDING: BROWN|SIGNED: XXXX; ATTENDING: XXXX",
        "FDO.: JUAN PEREZ; GEZ. SCHMIDT|FDO.: XXXX; GEZ. XXXX"
      })
  void shouldTakeOutNamesThatNobodyNamedBeforehand(String text, String expected) {
    assertThat(scrubbed(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in der hauptstrasse 5", "HAUPTSTR.5", "hauptstraße 5", "hauptstr. 5"})
  void shouldTakeOutTheStudysOwnStreetInAnyWriting(String text) {
    Identifiers known = new Identifiers(Set.of(), Set.of(), Set.of("Hauptstr. 5^^Musterstadt"));

    assertThat(scrubber.scrub(text, known, SHIFT).text()).endsWith("XXXX");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 Lange Gasse",
        "lange gasse 7",
        "LANGE GASSE",
        "221B Baker St",
        "Baker St, 221B",
        "Baker Street"
      })
  void shouldTakeOutTheStudysOwnStreetWithoutItsNumber(String written) {
    Identifiers known =
        new Identifiers(
            Set.of(), Set.of(), Set.of("Lange Gasse 7^^Wien", "221B Baker Street^^London"));

    Scrubbed scrubbed = scrubber.scrub("Lives in " + written + ", alone.", known, SHIFT);

    assertThat(scrubbed.text()).isEqualTo("Lives in XXXX, alone.");
  }

  @Test
  void shouldFollowASitesOwnList() {
    SiteList list = SiteList.of(List.of("# ours", "Saint Nowhere Hospital", "/WARD-[0-9]+/"));

    Scrubbed scrubbed =
        new TextScrubber(list)
            .scrub("At saint  nowhere hospital, WARD-12.", Identifiers.NONE, SHIFT);

    assertThat(scrubbed.text()).isEqualTo("At XXXX, XXXX.");
    assertThat(scrubbed.counts()).containsEntry(Kind.LISTED, 2L);
  }

  @Test
  void shouldEndForAnyText() {
    CounterRandom random = CounterRandom.of(1, "fuzz");
    String letters = "aA1 .,-/:'()@\n\tüßŁ\u0301\uD83D\uDE00\u00A0\u0661MayDr03/2020XYZ\u0130";

    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(400); c > 0; c--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String before = text.toString();

      Scrubbed scrubbed = scrubber.scrub(before, KNOWN, SHIFT);

      assertThat(scrubbed.text()).isNotNull();
      assertThat(scrubbed.counts().isEmpty()).isEqualTo(scrubbed.text().equals(before));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "1", "Dr. A ", "1/", "(", "A.", "1-", "May ", "Li ", "1.", "a@", "0 "})
  void shouldEndForAHostileText(String piece) {
    String text = piece.repeat(6_000 / piece.length());

    Scrubbed scrubbed = scrubber.scrub(text, KNOWN, SHIFT);

    assertThat(scrubbed.text()).isNotEmpty();
  }
}
