package io.radstream.serving.panel;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A fixed list of labelled studies, held in memory as they were encoded. */
public final class Panel {

  /** Most studies. */
  public static final int MOST_STUDIES = 2000;

  /** Most bytes of encoded images, for all studies together. */
  public static final long MOST_BYTES = 512L << 20;

  /** Both kinds of studies that a finding has. */
  private static final Set<Boolean> BOTH = Set.of(true, false);

  private final List<PanelStudy> studies;
  private final String digest;

  private Panel(List<PanelStudy> studies) {
    this.studies = List.copyOf(studies);
    this.digest = digestOf(studies);
  }

  /**
   * @throws UnusablePanelException where no finding is there in one study and absent in another, or
   *     where two studies have the same id
   */
  public static Panel of(List<PanelStudy> studies) throws UnusablePanelException {
    Map<String, Set<Boolean>> labels = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    for (PanelStudy study : studies) {
      if (!ids.add(study.id())) {
        throw new UnusablePanelException("a study is in the panel twice; name it once");
      }
      study
          .labels()
          .forEach(
              (finding, there) ->
                  labels.computeIfAbsent(finding, name -> new HashSet<>()).add(there));
    }
    if (labels.isEmpty()) {
      throw new UnusablePanelException(
          "no study of the panel has a label: 1 where a finding is there, 0 where it is not");
    }
    if (labels.values().stream().noneMatch(BOTH::equals)) {
      throw new UnusablePanelException(
          "each finding is there in all labelled studies of the panel, or in none; choose studies"
              + " of both kinds");
    }
    return new Panel(studies);
  }

  /** In the order of what they were read from. */
  public List<PanelStudy> studies() {
    return studies;
  }

  /** Of each study, in the same order. */
  public List<StudyViews> views() {
    return studies.stream().map(PanelStudy::views).toList();
  }

  /** SHA-256 of all that is in the studies, so that who judges on the same panel can tell. */
  public String digest() {
    return digest;
  }

  /** Findings that some study is labelled with, in the order of their names. */
  public Set<String> findings() {
    Set<String> findings = new TreeSet<>();
    studies.forEach(study -> findings.addAll(study.labels().keySet()));
    return findings;
  }

  /**
   * Findings that something can be said of, in the order of their names. Patients are counted and
   * not their studies, since these are not independent: however many one patient has, nothing can
   * be said of others.
   *
   * @param least patients with a study that has the finding, and with one that does not
   */
  public Set<String> findings(int least) {
    return findings().stream()
        .filter(finding -> patients(finding, true) >= least && patients(finding, false) >= least)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private long patients(String finding, boolean there) {
    return studies.stream()
        .filter(study -> Boolean.valueOf(there).equals(study.labels().get(finding)))
        .map(PanelStudy::patient)
        .distinct()
        .count();
  }

  /** Each part with its length before it, so that no two panels read the same. */
  private static String digestOf(List<PanelStudy> studies) {
    MessageDigest digest = Sha256.digest();
    for (PanelStudy study : studies) {
      add(digest, study.id());
      add(digest, study.patient());
      add(digest, study.views().received().size());
      study.views().received().forEach(view -> add(digest, view));
      add(digest, study.labels().size());
      new TreeMap<>(study.labels())
          .forEach(
              (finding, there) -> {
                add(digest, finding);
                add(digest, there ? 1 : 0);
              });
    }
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    add(digest, bytes.length);
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
  }

  /** For draws that are the same on the same panel. */
  long seed() {
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }
}
