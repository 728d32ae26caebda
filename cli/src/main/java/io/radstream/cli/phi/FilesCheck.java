package io.radstream.cli.phi;

import io.radstream.cli.embedded.Workplace;
import io.radstream.deidentification.dicom.Action;
import io.radstream.deidentification.dicom.Attribute;
import io.radstream.deidentification.dicom.ConfidentialityProfile;
import io.radstream.deidentification.dicom.Dictionary;
import io.radstream.producers.dicom.deidentify.DeidentifiedDirectory;
import io.radstream.producers.dicom.deidentify.DeidentifySummary;
import io.radstream.producers.dicom.deidentify.FileDeidentifier;
import io.radstream.producers.dicom.deidentify.Rules;
import io.radstream.producers.dicom.directory.FileTree;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tripwire for files: DICOM files made of canaries are de-identified, and what is written is
 * searched for them. PS3.15 lets most attributes stay as they are, and text that describes is
 * scrubbed of what identifies, not taken out: a canary that nothing tells to be one may come out of
 * these. Therefore each patient has a second file, whose descriptions name whom and what its header
 * names.
 */
public final class FilesCheck {

  private static final int PATIENTS = 2;
  private static final int SIDE = 512;
  private static final Pattern ATTRIBUTE =
      Pattern.compile("DICOM \\(([0-9A-F]{4}),([0-9A-F]{4})\\)");

  /** Cleaned values of these have nothing left of what they were. */
  private static final Set<String> CHANGED = Set.of("DA", "DT", "UI");

  /** Cleaned values of these are read, and scrubbed. */
  private static final Set<String> DESCRIBING =
      Set.of("CS", "LO", "LT", "SH", "SQ", "ST", "UC", "UT");

  /**
   * @param canaries that may not come out
   * @param leaks what came out
   */
  public record Outcome(int canaries, List<Leak> leaks) {

    public Outcome {
      leaks = List.copyOf(leaks);
    }
  }

  private final Rules rules;
  private final Map<Integer, String> dictionary = Dictionary.attributes();

  /**
   * @param rules under test: a site's own
   */
  public FilesCheck(Rules rules) {
    this.rules = rules;
  }

  /**
   * @throws IOException where a file cannot be written, or is not taken
   */
  public Outcome run(long seed) throws IOException {
    try (Workplace hospital = Workplace.of(Optional.empty());
        Workplace archive = Workplace.of(Optional.empty());
        FileDeidentifier deidentifier = new FileDeidentifier(rules)) {
      Aviary aviary = new Aviary(seed);
      plant(aviary, hospital.directory(), deidentifier.profile());
      DeidentifySummary summary =
          new DeidentifiedDirectory(
                  FileTree.of(hospital.directory()),
                  archive.directory(),
                  deidentifier,
                  InstantSource.system())
              .run(() -> true, files -> {});
      if (summary.written() != 2 * PATIENTS) {
        throw new IOException("files of the check were refused: " + summary.refusals());
      }
      List<Canary> caged =
          aviary.all().stream().filter(it -> mustGo(it, deidentifier.profile())).toList();
      Findings findings = new Findings(new CanarySearch(caged));
      findings.files(archive.directory());
      return new Outcome(caged.size(), findings.all());
    }
  }

  private void plant(Aviary aviary, Path directory, ConfidentialityProfile profile)
      throws IOException {
    PhantomGenerator phantoms = new PhantomGenerator(SIDE, 1);
    for (int index = 0; index < PATIENTS; index++) {
      String patient = "patient %d".formatted(index + 1);
      PlantedPatient planted = PlantedPatient.of(aviary.in(patient));
      GrayImage picture = phantoms.study(1, index).views().get(0).image();
      for (PlantedRadiograph radiograph : radiographs(aviary, patient, profile)) {
        Path file = directory.resolve(aviary.name("name of a file") + ".dcm");
        Files.write(file, radiograph.file(planted, picture, "PA", "NO"));
      }
    }
  }

  private List<PlantedRadiograph> radiographs(
      Aviary aviary, String patient, ConfidentialityProfile profile) {
    return List.of(
        new PlantedRadiograph(aviary.in("file of " + patient), dictionary),
        new PlantedRadiograph(
            aviary.in("file with descriptions of " + patient),
            dictionary,
            tag -> describes(tag, profile)));
  }

  private boolean describes(int tag, ConfidentialityProfile profile) {
    String vr = dictionary.get(tag);
    return DESCRIBING.contains(vr) && profile.action(Attribute.of(tag, vr)) == Action.CLEAN;
  }

  private boolean mustGo(Canary canary, ConfidentialityProfile profile) {
    Matcher place = ATTRIBUTE.matcher(canary.place());
    if (!place.matches()) {
      return true;
    }
    int tag = Integer.parseUnsignedInt(place.group(1) + place.group(2), 16);
    String vr = dictionary.get(tag);
    Action action = profile.action(Attribute.of(tag, vr));
    boolean scrubbed = action == Action.CLEAN && !CHANGED.contains(vr);
    return action != Action.KEEP && !scrubbed;
  }
}
