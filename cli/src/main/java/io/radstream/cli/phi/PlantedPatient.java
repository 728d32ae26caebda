package io.radstream.cli.phi;

/**
 * A patient who is made of canaries, with one study.
 *
 * @param number that the hospital knows the patient by
 * @param physician who referred the patient
 */
record PlantedPatient(
    String family,
    String given,
    String number,
    String accession,
    String studyUid,
    String physician,
    String phone) {

  static PlantedPatient of(Aviary aviary) {
    return new PlantedPatient(
        aviary.name("patient's family name"),
        aviary.name("patient's given name"),
        aviary.number("patient's number"),
        aviary.number("accession number"),
        "1.2.826.0.3." + aviary.number("study UID"),
        aviary.name("referring physician"),
        aviary.number("phone number"));
  }
}
