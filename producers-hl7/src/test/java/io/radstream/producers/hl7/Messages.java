package io.radstream.producers.hl7;

import java.util.List;
import java.util.stream.Stream;

/** Messages as report systems send them, of nobody. */
final class Messages {

  static final String PID =
      "PID|1||MRN0042^^^HOSP^MR~99887766^^^NAT^NI||QUIXOTE^ALONSO^M||19470929|M||"
          + "|12 WINDMILL LANE^^TOBOSO^LM^45820||555-0101|||||ACCT77";

  private Messages() {}

  static String header(String type, String id) {
    return "MSH|^~\\&|RIS|HOSP|ENGINE|SITE|20260102030405||%s|%s|P|2.5.1".formatted(type, id);
  }

  static String of(String... segments) {
    return String.join("\r", segments) + "\r";
  }

  static String obr(String accession, String status) {
    return "OBR|1|PL1|FILL1|71046^XR CHEST||||||||||||1234^BEDSIDE^DORA||%s||||20260102030000|||%s"
        .formatted(accession, status);
  }

  /** A report with these observations, of study ACC1. */
  static String report(String id, List<String> observations) {
    return report(id, obr("ACC1", "F"), observations);
  }

  static String report(String id, String obr, List<String> observations) {
    Stream<String> start = Stream.of(header("ORU^R01^ORU_R01", id), PID, obr);
    return of(Stream.concat(start, observations.stream()).toArray(String[]::new));
  }

  static String simple(String id) {
    return simple(id, "ACC1", "F", "20260102030000");
  }

  static String simple(String id, String accession, String status, String time) {
    String obr = obr(accession, status).replace("20260102030000", time);
    return report(id, obr, List.of(tx(1, "The lungs are clear.")));
  }

  static String tx(int set, String text) {
    return obx(set, "TX", "71046^XR CHEST", text, "F");
  }

  static String obx(int set, String type, String identifier, String value, String status) {
    return "OBX|%d|%s|%s||%s||||||%s".formatted(set, type, identifier, value, status);
  }
}
