package io.radstream.cli.phi;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A patient who is made of canaries, with one study.
 *
 * @param number that the hospital knows the patient by
 * @param physician who referred the patient
 * @param examined day of the radiograph
 * @param issued when the report was, in UTC
 */
record PlantedPatient(
    String family,
    String given,
    String number,
    String accession,
    String studyUid,
    String physician,
    String phone,
    LocalDate examined,
    LocalDateTime issued) {

  static PlantedPatient of(Aviary aviary) {
    return new PlantedPatient(
        aviary.name("patient's family name"),
        aviary.name("patient's given name"),
        aviary.number("patient's number"),
        aviary.number("accession number"),
        "1.2.826.0.3." + aviary.number("study UID"),
        aviary.name("referring physician"),
        aviary.number("phone number"),
        aviary.headerDay("DICOM (0008,0022)"),
        aviary.moment("HL7 OBR-22, OBX-14 and MSH-7"));
  }
}
