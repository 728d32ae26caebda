package io.radstream.producers.dicom.listen.pdu;

import io.radstream.producers.dicom.listen.pdu.PeerPdu.AssociateRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the body of an A-ASSOCIATE-RQ: PS3.8 section 9.3.2, with PS3.7 annex D.3.3. */
final class AssociateRequestReader {

  /** Titles, and 32 reserved bytes. */
  private static final int TITLES_LENGTH = 64;

  private static final int TITLE_LENGTH = 16;

  private static final int APPLICATION_CONTEXT = 0x10;
  private static final int PRESENTATION_CONTEXT = 0x20;
  private static final int ABSTRACT_SYNTAX = 0x30;
  private static final int TRANSFER_SYNTAX = 0x40;
  private static final int USER_INFORMATION = 0x50;
  private static final int MAX_LENGTH = 0x51;
  private static final int OPERATIONS_WINDOW = 0x53;

  private final List<ProposedContext> contexts = new ArrayList<>();
  private final Set<Integer> ids = new HashSet<>();
  private String applicationContext = "";
  private int maxLength;
  private int operations = -1;

  private AssociateRequestReader() {}

  static AssociateRequest read(ByteBuffer body) throws PduException {
    int version = body.getShort() & 0xFFFF;
    body.getShort();
    ByteBuffer titles = PduReader.slice(body, TITLES_LENGTH);
    String called = PduReader.text(titles.slice(0, TITLE_LENGTH));
    String calling = PduReader.text(titles.slice(TITLE_LENGTH, TITLE_LENGTH));
    AssociateRequestReader items = new AssociateRequestReader();
    items.readAll(body);
    return new AssociateRequest(
        version,
        called,
        calling,
        titles,
        items.applicationContext,
        items.contexts,
        items.maxLength,
        items.operations);
  }

  private void readAll(ByteBuffer body) throws PduException {
    while (body.hasRemaining()) {
      int type = itemType(body);
      ByteBuffer item = item(body);
      switch (type) {
        case APPLICATION_CONTEXT -> applicationContext = PduReader.text(item);
        case PRESENTATION_CONTEXT -> add(context(item));
        case USER_INFORMATION -> readUserInformation(item);
        default -> {
          // PS3.8: what is not known is passed over.
        }
      }
    }
  }

  private void add(ProposedContext context) throws PduException {
    if (context.id() % 2 == 0 || !ids.add(context.id())) {
      throw PduException.invalid("a presentation context whose identifier is even or not unique");
    }
    contexts.add(context);
  }

  private static ProposedContext context(ByteBuffer item) throws PduException {
    int id = item.get() & 0xFF;
    PduReader.slice(item, 3);
    String abstractSyntax = "";
    List<String> transferSyntaxes = new ArrayList<>();
    while (item.hasRemaining()) {
      int type = itemType(item);
      ByteBuffer value = item(item);
      if (type == ABSTRACT_SYNTAX) {
        abstractSyntax = PduReader.text(value);
      } else if (type == TRANSFER_SYNTAX) {
        transferSyntaxes.add(PduReader.text(value));
      }
    }
    return new ProposedContext(id, abstractSyntax, transferSyntaxes);
  }

  private void readUserInformation(ByteBuffer information) throws PduException {
    while (information.hasRemaining()) {
      int type = itemType(information);
      ByteBuffer item = item(information);
      if (type == MAX_LENGTH) {
        // Above 2 GiB is as good as any length.
        maxLength = Math.max(0, item.getInt());
      } else if (type == OPERATIONS_WINDOW) {
        operations = item.getShort() & 0xFFFF;
      }
    }
  }

  private static int itemType(ByteBuffer from) {
    int type = from.get() & 0xFF;
    from.get();
    return type;
  }

  private static ByteBuffer item(ByteBuffer from) throws PduException {
    return PduReader.slice(from, from.getShort() & 0xFFFF);
  }
}
