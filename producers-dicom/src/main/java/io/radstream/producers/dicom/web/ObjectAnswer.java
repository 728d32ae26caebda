package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/**
 * Reads the DICOM object out of an answer: the one part of a multipart one (RFC 2387), or the whole
 * of it, as some archives answer.
 */
final class ObjectAnswer {

  static final String ACCEPT = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  private static final String DICOM = "application/dicom";
  private static final int MOST_BOUNDARY = 200;
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private ObjectAnswer() {}

  /**
   * @throws ArchiveException where the answer holds something else
   * @throws IOException where it ends before its end
   */
  static byte[] read(String type, InputStream body) throws IOException {
    Map<String, String> parameters = parameters(type);
    if (parameters.containsKey(DICOM)) {
      return body.readAllBytes();
    }
    if (!parameters.containsKey("multipart/related")) {
      throw noObject();
    }
    String boundary = parameters.getOrDefault("boundary", "");
    if (boundary.isEmpty() || boundary.length() > MOST_BOUNDARY) {
      throw new ArchiveException(Kind.BAD_ANSWER, "the answer does not tell what parts it");
    }
    return firstPart(
        MultipartInput.builder()
            .setInputStream(body)
            .setBufferSize(BUFFER_BYTES)
            .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
            .setPartHeaderSizeMax(MOST_HEADER_BYTES)
            .get());
  }

  private static byte[] firstPart(MultipartInput input) throws IOException {
    if (!input.skipPreamble()) {
      throw new ArchiveException(Kind.BAD_ANSWER, "the answer has no part");
    }
    checkIsDicom(input.readHeaders());
    byte[] object;
    try (InputStream part = input.newInputStream()) {
      object = part.readAllBytes();
    }
    if (input.readBoundary()) {
      throw new ArchiveException(Kind.BAD_ANSWER, "the answer has several parts, not one object");
    }
    return object;
  }

  private static void checkIsDicom(String headers) throws ArchiveException {
    for (String line : headers.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon).strip().equalsIgnoreCase("Content-Type")
          && !parameters(line.substring(colon + 1)).containsKey(DICOM)) {
        throw noObject();
      }
    }
  }

  private static ArchiveException noObject() {
    return new ArchiveException(
        Kind.BAD_ANSWER, "the answer is no DICOM object; does the archive speak WADO-RS?");
  }

  /** The type itself is a key without a value. */
  private static Map<String, String> parameters(String type) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(type.strip(), ';');
  }
}
