package io.radstream.producers.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DiagnosticReport;

/**
 * A report's text: as it is presented, where that is text; else its narrative and its conclusion.
 */
final class NarrativeText {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset=\"?([A-Za-z0-9._:-]+)\"?", Pattern.CASE_INSENSITIVE);
  private static final String PLAIN = "text/plain";
  private static final String HTML = "text/html";

  /** The better one first. */
  private static final List<String> TEXTS = List.of(PLAIN, HTML);

  private NarrativeText() {}

  /**
   * @param references finds text that a report names by its address
   * @return empty where there is none
   * @throws ReportException where its text cannot be read
   */
  static String of(DiagnosticReport report, References references) throws ReportException {
    for (String kind : TEXTS) {
      for (Attachment form : report.getPresentedForm()) {
        Optional<Attachment> whole = whole(report, form, references);
        if (whole.isPresent() && type(whole.get()).equals(kind)) {
          String text = decode(whole.get());
          return kind.equals(HTML) ? HtmlText.of(text) : text.strip();
        }
      }
    }
    String told = told(report);
    if (told.isBlank() && report.hasPresentedForm()) {
      throw new ReportException(
          "presentedForm has neither text/plain nor text/html, as data or as a Binary that is"
              + " there; nor is there a conclusion");
    }
    return told;
  }

  /** With its text, which may stand in a Binary; empty where that is not to be had, or no text. */
  private static Optional<Attachment> whole(
      DiagnosticReport report, Attachment form, References references) {
    if (form.hasData()) {
      return Optional.of(form);
    }
    boolean maybeText = !form.hasContentType() || TEXTS.contains(type(form));
    if (!form.hasUrl() || !maybeText) {
      return Optional.empty();
    }
    return references
        .binary(report, form.getUrl())
        .filter(Binary::hasData)
        .map(
            binary ->
                new Attachment()
                    .setContentType(
                        binary.hasContentType() ? binary.getContentType() : form.getContentType())
                    .setData(binary.getData()));
  }

  private static String told(DiagnosticReport report) {
    String narrative =
        report.getText().hasDiv() ? HtmlText.of(report.getText().getDivAsString()) : "";
    String conclusion = Optional.ofNullable(report.getConclusion()).orElse("").strip();
    if (conclusion.isEmpty() || narrative.contains(conclusion)) {
      return narrative;
    }
    return (narrative + "\n\nIMPRESSION:\n" + conclusion).strip();
  }

  private static String type(Attachment form) {
    String type = Optional.ofNullable(form.getContentType()).orElse("");
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String decode(Attachment form) throws ReportException {
    Matcher named = CHARSET.matcher(form.getContentType());
    try {
      Charset charset = named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
      return charset.newDecoder().decode(ByteBuffer.wrap(form.getData())).toString();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new ReportException("the text of presentedForm is not in the character set it names");
    }
  }
}
