package io.radstream.radiology.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a line goes over to what stands behind every report of a house, whatever it found:
 * attestations, signatures, codes. Such a sentence begins a line or follows another sentence.
 */
final class Closings {

  private static final String BY =
      "(?:dictated|transcribed|approved|verified|authenticated|finali[sz]ed|interpreted|read|"
          + "reviewed|reported|signed|edited|prepared|authori[sz]ed|released|validated)";

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:^|(?<=[.!?;:)\\]]\\s{1,4}))(?:"
              + String.join(
                  "|",
                  "I(?:,[^,]{0,80},)? (?:have )?(?:personally )?(?:reviewed|attest|certify|concur)\\b",
                  "I (?:was )?(?:personally )?(?:present|supervised)\\b",
                  "I,? (?:the )?(?:undersigned|attending|teaching)\\b",
                  "(?:as )?(?:the )?(?:attending|teaching|staff|supervising) (?:radiologist|physician)"
                      + "\\b[^.]{0,60}(?:reviewed|attest|present|agree)",
                  "[^.!?]{0,160}\\bpersonally (?:reviewed|interpreted|supervised|viewed)\\b",
                  "(?:report )?(?:electronically|digitally|e-)[ -]?signed\\b",
                  BY
                      + "(?: (?:and|/|&) (?:electronically )?\\w{4,14})?(?: electronically)?[ ]?"
                      + "(?:by\\b|on\\b|:)",
                  "this (?:report|document) (?:was|has been) "
                      + "(?:electronically |digitally )?"
                      + "(?:signed|dictated|approved|reviewed|interpreted|finali[sz]ed|verified|transcribed)",
                  "(?:kind |best |yours? )?(?:regards|sincerely|faithfully)\\b",
                  "mit (?:freundlichen|besten|kollegialen)\\b[^.]{0,30}gr(?:ü|ue)(?:ß|ss)en",
                  "(?:atentamente|cordialmente|cordialement|atenciosamente|cordiali saluti|distinti saluti)\\b",
                  "end of (?:the )?(?:diagnostic |final )?(?:impression|report|findings|conclusion)\\b",
                  "summary ?: ?\\d ?-",
                  "accession (?:number|no|#)",
                  "(?:informe )?(?:firmado|validado) (?:electr[oó]nicamente )?(?:por|digitalmente)\\b",
                  "(?:elektronisch |digital )?(?:unterzeichnet|unterschrieben|gezeichnet|freigegeben|signiert)"
                      + " (?:von|durch)\\b",
                  "(?:compte[ -]rendu )?(?:sign[ée]|valid[ée]|dict[ée]) (?:[ée]lectroniquement )?par\\b",
                  "(?:laudo )?(?:assinado|liberado) (?:eletronicamente |digitalmente )?por\\b",
                  "(?:referto )?(?:firmato|validato) (?:elettronicamente |digitalmente )?da\\b")
              + ")",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private Closings() {}

  /**
   * @param begin offset in the line of the sentence
   * @param end offset behind what makes it known
   */
  record Closing(int begin, int end) {}

  /**
   * @param line a line of a report
   * @param from where its text begins
   */
  static Optional<Closing> in(String line, int from) {
    Matcher matcher = SENTENCE.matcher(line);
    matcher.region(from, line.length()).useTransparentBounds(true);
    return matcher.find()
        ? Optional.of(new Closing(matcher.start(), matcher.end()))
        : Optional.empty();
  }
}
