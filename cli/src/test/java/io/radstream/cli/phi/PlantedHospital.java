package io.radstream.cli.phi;

import io.radstream.deidentification.dicom.Dictionary;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.producers.phantom.PhantomView;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A hospital of canaries, for programs that send its files and messages. Not thread-safe. */
public final class PlantedHospital {

  private static final long SEED = 7;
  private static final int SIDE = 512;
  private static final int MOST_VIEWS = 2;

  /** What every archive wants or shows: series, days, people, places. */
  private static final Map<Integer, String> USUAL =
      Map.ofEntries(
          Map.entry(0x0020000E, "UI"),
          Map.entry(0x00080020, "DA"),
          Map.entry(0x00080080, "LO"),
          Map.entry(0x00080081, "ST"),
          Map.entry(0x00081030, "LO"),
          Map.entry(0x00081050, "PN"),
          Map.entry(0x00081070, "PN"),
          Map.entry(0x00100030, "DA"),
          Map.entry(0x00101040, "LO"),
          Map.entry(0x00102154, "SH"));

  /**
   * A study of a patient who has no other.
   *
   * @param text of its report, as the radiologist means it
   * @param files a view each, in DICOM
   */
  public record Examination(PlantedStudy study, String text, List<Path> files) {

    public Examination {
      files = List.copyOf(files);
    }

    private PlantedPatient patient() {
      return study.patient();
    }

    public String accession() {
      return patient().accession();
    }

    public String patientNumber() {
      return patient().number();
    }
  }

  private final Aviary aviary = new Aviary(SEED);
  private final PhantomGenerator phantoms = new PhantomGenerator(SIDE, MOST_VIEWS);
  private final PlantedRadiograph full = new PlantedRadiograph(aviary, Dictionary.attributes());
  private final PlantedRadiograph plain = new PlantedRadiograph(aviary, USUAL);
  private final PlantedMessage messages = new PlantedMessage(aviary);
  private final List<PlantedStudy> studies = new ArrayList<>();
  private final Path directory;

  /**
   * @param directory of the files
   */
  public PlantedHospital(Path directory) {
    this.directory = directory;
  }

  /**
   * @param everywhere whether each attribute of the dictionary has a canary
   */
  public Examination examine(int index, boolean everywhere) throws IOException {
    PhantomStudy phantom = phantoms.study(SEED, index);
    PlantedStudy study = study(index, Optional.empty());
    List<Path> files = new ArrayList<>();
    for (PhantomView view : phantom.views()) {
      boolean lateral = view.projection() == Projection.LATERAL;
      files.add(write(everywhere ? full : plain, study, view.image(), lateral ? "LL" : "PA"));
    }
    return new Examination(study, phantom.report(), files);
  }

  /** One with a name in its only picture. */
  public Examination examineBurned(int index) throws IOException {
    PhantomStudy phantom = phantoms.study(SEED, index);
    PlantedStudy study = study(index, Optional.of(Corner.TOP_LEFT));
    GrayImage picture = Corner.TOP_LEFT.burn(phantom.views().get(0).image());
    return new Examination(study, phantom.report(), List.of(write(plain, study, picture, "PA")));
  }

  private PlantedStudy study(int index, Optional<Corner> burned) {
    PlantedPatient patient = PlantedPatient.of(aviary);
    PlantedStudy study = new PlantedStudy("study " + index, patient, burned, List.of());
    studies.add(study);
    return study;
  }

  private Path write(
      PlantedRadiograph radiograph, PlantedStudy study, GrayImage picture, String position)
      throws IOException {
    Path file = directory.resolve(aviary.name("name of a file") + ".dcm");
    return Files.write(file, radiograph.file(study.patient(), picture, position, "NO"));
  }

  /** ORU^R01, final. */
  public Hl7Text report(Examination of) {
    return report(of, of.text());
  }

  /** ORU^R01, final, with another text. */
  public Hl7Text report(Examination of, String text) {
    return new Hl7Text(messages.oru(of.study(), text));
  }

  /** ADT^A40: both are one patient, known by the number of the first. */
  public Hl7Text merge(Examination survivor, Examination former) {
    Hl7Text report = report(survivor);
    PlantedPatient gone = former.patient();
    String prior =
        "MRG|%s|||%s|||%s^%s"
            .formatted(gone.number(), aviary.number("HL7 MRG-4"), gone.family(), gone.given());
    return report.with("MSH", 9, "ADT^A40^ADT_A39").withOnly(Set.of("MSH", "PID")).and(prior);
  }

  /** How many were planted. */
  public int canaries() {
    return aviary.all().size();
  }

  /** Where they were planted. */
  public Set<String> places() {
    return aviary.all().stream().map(Canary::place).collect(Collectors.toSet());
  }

  /** Looks for those that were planted until now, in what was published with these names. */
  public HospitalSearch search(StudyNames names, Pseudonymizer pseudonymizer) {
    List<Canary> planted = aviary.all();
    PlantedSite site = new PlantedSite(directory, List.of(), studies, planted, List.of());
    return new HospitalSearch(planted, new PhiCheck(site, names, pseudonymizer));
  }
}
