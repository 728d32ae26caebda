package io.radstream.producers.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/** Reads resources, JSON or XML. Thread-safe. */
final class ResourceReader {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What a resource cannot be read for; its message holds nothing of the resource. */
  static final class UnreadableResourceException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableResourceException(String explanation) {
      super(explanation);
    }
  }

  private final FhirContext context = FhirContext.forR4Cached();

  ResourceReader() {
    // What it would log quotes the resource.
    context.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
  }

  Resource read(byte[] bytes) throws UnreadableResourceException {
    String text = text(bytes);
    if (text.isEmpty()) {
      throw new UnreadableResourceException("there is nothing");
    }
    IParser parser = text.charAt(0) == '<' ? context.newXmlParser() : context.newJsonParser();
    // References stay as they are written: they are looked up by that.
    parser.setStripVersionsFromReferences(true);
    try {
      IBaseResource resource = parser.parseResource(text);
      if (resource instanceof Resource known) {
        return known;
      }
    } catch (RuntimeException | StackOverflowError e) {
      // Said below; its own message would quote the resource. Hostile ones fail in many ways.
    }
    throw new UnreadableResourceException("it is no resource of FHIR R4, as JSON or XML");
  }

  private static String text(byte[] bytes) throws UnreadableResourceException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    } catch (CharacterCodingException e) {
      throw new UnreadableResourceException("it is not UTF-8 text");
    }
  }
}
