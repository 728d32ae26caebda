package io.radstream.producers.dicom.listen.dimse;

import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext.Result;
import io.radstream.producers.dicom.listen.pdu.ProposedContext;
import java.util.Arrays;
import java.util.Set;

/** What is taken: SOP classes that chest radiographs have, in transfer syntaxes that are read. */
public final class Services {

  private static final String VERIFICATION = "1.2.840.10008.1.1";

  private static final Set<String> STORAGE =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.1", // computed radiography
          "1.2.840.10008.5.1.4.1.1.1.1", // digital X-ray, for presentation
          "1.2.840.10008.5.1.4.1.1.7", // secondary capture
          "1.2.840.10008.5.1.4.1.1.7.2", // secondary capture, several frames of 8 bits
          "1.2.840.10008.5.1.4.1.1.7.3"); // secondary capture, several frames of 16 bits

  private Services() {}

  /** The peer's first choice that is read: so it need not write its files anew. */
  public static AnsweredContext answer(ProposedContext proposed) {
    boolean echo = proposed.abstractSyntax().equals(VERIFICATION);
    if (!echo && !STORAGE.contains(proposed.abstractSyntax())) {
      return refused(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    return proposed.transferSyntaxes().stream()
        .filter(Services::isRead)
        .findFirst()
        .map(syntax -> new AnsweredContext(proposed.id(), Result.ACCEPTED, syntax))
        .orElseGet(() -> refused(proposed, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
  }

  private static boolean isRead(String syntax) {
    return Arrays.stream(TransferSyntax.values()).map(TransferSyntax::uid).anyMatch(syntax::equals);
  }

  private static AnsweredContext refused(ProposedContext proposed, Result result) {
    return new AnsweredContext(proposed.id(), result, TransferSyntax.IMPLICIT_LITTLE.uid());
  }
}
