package io.radstream.producers.dicom.examination;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.schemas.Projection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the beam crossed the patient: by view position, else by the patient's orientation, else by
 * the code of the view, else by the descriptions of series and protocol.
 */
final class Projections {

  private static final Set<String> PA_CODES = Set.of("272479007", "R-10214", "R-40888");
  private static final Set<String> AP_CODES = Set.of("399348003", "R-10206");
  private static final Set<String> LATERAL_CODES =
      Set.of(
          "399067008",
          "R-102CD",
          "399173006",
          "R-10236",
          "399198007",
          "R-10232",
          "399352003",
          "R-10228",
          "399260004",
          "R-10224");

  private static final Set<String> PA_WORDS = Set.of("PA", "POSTEROANTERIOR");
  private static final Set<String> AP_WORDS = Set.of("AP", "ANTEROPOSTERIOR");
  private static final Set<String> LATERAL_WORDS =
      Set.of("LL", "RL", "LAT", "LATERAL", "LATL", "LLAT", "RLAT", "SEITLICH", "PROFIL");
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "LLD",
          "RLD",
          "DECUBITUS",
          "DECUB",
          "OBL",
          "OBLIQUE",
          "LORDOTIC",
          "LAO",
          "RAO",
          "LPO",
          "RPO",
          "LLO",
          "RLO",
          "AXIAL",
          "TANGENTIAL");

  private static final Pattern HYPHENED = Pattern.compile("(?i)\\b(antero|postero)[- ]+");
  private static final Pattern DOTTED = Pattern.compile("(?i)\\b([ap])[.] ?([ap])\\b[.]?");

  private static final List<Integer> DESCRIPTIONS =
      List.of(Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME, Tag.PROCESSING_DESCRIPTION);

  private Projections() {}

  static Projection of(Dataset header) {
    Projection known = ofText(header.text(Tag.VIEW_POSITION));
    if (known == Projection.UNKNOWN) {
      known = ofOrientation(header.texts(Tag.PATIENT_ORIENTATION));
    }
    for (Dataset code : header.items(Tag.VIEW_CODE_SEQUENCE)) {
      known = known == Projection.UNKNOWN ? ofCode(code) : known;
    }
    for (int description : DESCRIPTIONS) {
      known = known == Projection.UNKNOWN ? ofText(header.text(description)) : known;
    }
    return known;
  }

  /** An axis from front to back is seen from the side only; from which of both ends it is not. */
  private static Projection ofOrientation(List<String> axes) {
    boolean lateral = axes.stream().anyMatch(axis -> axis.startsWith("A") || axis.startsWith("P"));
    return lateral ? Projection.LATERAL : Projection.UNKNOWN;
  }

  private static Projection ofCode(Dataset view) {
    String code = view.text(Tag.CODE_VALUE).orElse("");
    if (PA_CODES.contains(code)) {
      return Projection.PA;
    }
    if (AP_CODES.contains(code)) {
      return Projection.AP;
    }
    return LATERAL_CODES.contains(code) ? Projection.LATERAL : ofText(view.text(Tag.CODE_MEANING));
  }

  /** A text that names two, as that of a series of both, tells of neither. */
  private static Projection ofText(Optional<String> text) {
    Words words = Words.of(joined(text.orElse("")));
    if (words.hasAny(OTHER_WORDS)) {
      return Projection.OTHER;
    }
    boolean pa = words.hasAny(PA_WORDS);
    boolean ap = words.hasAny(AP_WORDS);
    boolean lateral = words.hasAny(LATERAL_WORDS);
    if (pa && !ap && !lateral) {
      return Projection.PA;
    }
    if (ap && !pa && !lateral) {
      return Projection.AP;
    }
    return lateral && !pa && !ap ? Projection.LATERAL : Projection.UNKNOWN;
  }

  /** One word, however it is written: p.a. and postero-anterior. */
  private static String joined(String text) {
    return DOTTED.matcher(HYPHENED.matcher(text).replaceAll("$1")).replaceAll("$1$2");
  }
}
