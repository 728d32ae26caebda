package io.radstream.producers.dicom.listen.pdu;

import java.util.List;

/**
 * A presentation context that a peer proposes.
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax UID of a SOP class
 * @param transferSyntaxes UIDs, in the peer's order
 */
public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {

  public ProposedContext {
    transferSyntaxes = List.copyOf(transferSyntaxes);
  }
}
