package io.radstream.radiology.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a line goes over to what stands behind every report of a house, whatever it found:
 * attestations, signatures, codes. Such a sentence begins a line or follows another sentence.
 */
final class Closings {

  private static final int LONGEST_NAME = 100;

  private static final String BY =
      "(?:dictated|transcribed|approved|verified|authenticated|finali[sz]ed|interpreted|read|"
          + "reviewed|reported|signed|edited|prepared|authori[sz]ed|released|validated)";

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:^|(?<=[.!?;:)\\]]\\s{1,4}))[(<\"“]?(?:"
              + String.join(
                  "|",
                  "I(?:,[^,]{0,80},)? (?:have )?(?:personally )?(?:reviewed|attest|certify|concur)\\b",
                  "I (?:was )?(?:personally )?(?:present|supervised)\\b",
                  "I,? (?:the )?(?:undersigned|attending|teaching)\\b",
                  "(?:as )?(?:the )?(?:attending|teaching|staff|supervising) (?:radiologist|physician)"
                      + "\\b[^.]{0,60}(?:reviewed|attest|present|agree)",
                  "[^.!?]{0,160}\\bpersonally (?:reviewed|interpreted|supervised|viewed)\\b",
                  "(?:report )?(?:electronically|digitally|e-)[ -]?signed\\b",
                  "(?:(?:final|preliminary) )?(?:(?:report|study|exam|examination|images?|films?) )?"
                      + "(?:(?:was|were|has been|have been) )?(?:electronically )?"
                      + BY
                      + "(?: (?:and|/|&) (?:electronically )?\\w{4,14})?(?: electronically)?[ ]?"
                      + "(?:by\\b|on\\b|using\\b|:)",
                  "this (?:report|document) (?:was|has been) "
                      + "(?:electronically |digitally )?"
                      + "(?:signed|dictated|approved|reviewed|interpreted|finali[sz]ed|verified|transcribed"
                      + "|created|generated|prepared|produced)",
                  "(?:report|document) (?:created|generated|prepared|produced) (?:by|using|with|on)\\b",
                  "(?:dr\\.?|prof\\.?|doctor) [^.!?]{1,60} (?:has )?(?:personally )?"
                      + "(?:reviewed (?:the|this|these)|agrees? with)\\b",
                  "(?:D|DD|T|DT|TD) ?: ?\\d{1,4}[-/.]\\d",
                  "physician to physician (?:radiology )?consult line\\b",
                  "page \\d+ (?:of|/) \\d+",
                  "thank you for (?:the|this|your|referring|allowing|asking)\\b",
                  "(?:kind |best |yours? )?(?:regards|sincerely|faithfully)\\b",
                  "mit (?:freundlichen|besten|kollegialen)\\b[^.]{0,30}gr(?:ü|ue)(?:ß|ss)en",
                  "(?:atentamente|cordialmente|cordialement|atenciosamente|cordiali saluti|distinti saluti)\\b",
                  "bien confraternellement\\b",
                  "(?:end (?:of )?)?addendum\\b(?=[ ]?(?:#|\\d|by\\b|on\\b|dated\\b|begins\\b|$))",
                  "end of (?:the )?(?:diagnostic |final )?(?:impression|report|findings|conclusion)\\b",
                  "summary ?: ?\\d ?-(?:normal|abnormal|possible|significant|critical|emergent|indeterminate)",
                  "accession (?:number|no\\b|#)",
                  "(?:informe )?(?:firmado|validado) (?:electr[oó]nicamente )?(?:por|digitalmente)\\b",
                  "(?:elektronisch |digital )?(?:unterzeichnet|unterschrieben|gezeichnet|freigegeben|signiert)"
                      + " (?:von|durch)\\b",
                  "(?:compte[ -]rendu )?(?:sign[ée]|valid[ée]|dict[ée]) (?:[ée]lectroniquement )?par\\b",
                  "(?:laudo )?(?:assinado|liberado) (?:eletronicamente |digitalmente )?por\\b",
                  "(?:referto )?(?:firmato|validato) (?:elettronicamente |digitalmente )?da\\b")
              + ")",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final String NAME = "\\p{Lu}[\\p{L}.'’-]{0,30}";

  /** A line that is nothing but a reader's name, before or behind a title. */
  private static final Pattern SIGNER =
      Pattern.compile(
          "(?:(?:Dr|Dra|Prof|Dott|Dott\\.ssa|DR|DRA|PROF|DOTT)\\b\\.?(?: med\\.?)?(?: NAME){1,4}"
                  .replace("NAME", NAME)
              + "|NAME(?: NAME){0,3},? (?:M\\.?D|D\\.?O|MBBS|MBChB|FRCR|FRANZCR|Ph\\.?D|PhD)\\b\\.?"
                  .replace("NAME", NAME)
              + ")(?:,? [\\p{Lu}\\d][\\p{L}\\d./-]{0,20}){0,4}[.,]?\\s*");

  private Closings() {}

  /**
   * @param begin offset in the line of the sentence
   * @param end offset behind what makes it known
   */
  record Closing(int begin, int end) {}

  /**
   * @param line a line of a report
   * @param from where its text begins
   * @param begins whether no sentence of the line before goes on in it, as before a name
   */
  static Optional<Closing> in(String line, int from, boolean begins) {
    Matcher matcher = SENTENCE.matcher(line);
    matcher.region(from, line.length()).useTransparentBounds(true);
    if (begins
        && line.length() - from <= LONGEST_NAME
        && SIGNER.matcher(line).region(from, line.length()).matches()) {
      return Optional.of(new Closing(from, line.length()));
    }
    return matcher.find()
        ? Optional.of(new Closing(matcher.start(), matcher.end()))
        : Optional.empty();
  }
}
