package io.radstream.serving.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.radiology.study.StudyViews;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the input {@code image}: encoded pictures as elements of a BYTES tensor. */
final class ImageTensor {

  private final ImageShape shape;
  private final List<byte[]> elements = new ArrayList<>();

  private ImageTensor(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * @param data as in the binary extension: each element behind its length, 4 bytes, the lowest
   *     first
   * @param base64 whether the elements are that, too
   */
  static List<StudyViews> binary(ImageShape shape, ByteBuffer data, boolean base64) {
    ImageTensor tensor = new ImageTensor(shape);
    ByteBuffer in = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < shape.elements(); i++) {
      long length = in.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(in.getInt());
      if (length < 0 || length > in.remaining()) {
        throw tensor.wrong("ends before its length says; each begins with its length in 4 bytes");
      }
      byte[] element = new byte[(int) length];
      in.get(element);
      tensor.elements.add(base64 ? tensor.decoded(element) : element);
    }
    if (in.hasRemaining()) {
      throw new InvalidInferenceException(
          "image has %d bytes more than elements in its shape".formatted(in.remaining()));
    }
    return tensor.studies();
  }

  /**
   * @param data strings in base64, since a picture is no text, in rows or in one row
   */
  static List<StudyViews> json(ImageShape shape, JsonNode data) {
    ImageTensor tensor = new ImageTensor(shape);
    if (shape.rowed() && data.isArray() && data.path(0).isArray()) {
      tensor.expect(data, shape.studies());
      data.forEach(row -> tensor.texts(row, shape.places()));
    } else {
      tensor.texts(data, shape.elements());
    }
    return tensor.studies();
  }

  private void texts(JsonNode data, int count) {
    expect(data, count);
    for (JsonNode text : data) {
      if (!text.isTextual()) {
        throw wrong("is no string; write an image in base64");
      }
      elements.add(decoded(text.textValue().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void expect(JsonNode data, int count) {
    if (!data.isArray() || data.size() != count) {
      throw new InvalidInferenceException("the data of image does not have its shape");
    }
  }

  private byte[] decoded(byte[] text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong("is not base64");
    }
  }

  private InvalidInferenceException wrong(String what) {
    return new InvalidInferenceException(
        "image: element %d of %d %s".formatted(elements.size() + 1, shape.elements(), what));
  }

  private List<StudyViews> studies() {
    List<StudyViews> studies = new ArrayList<>();
    for (int study = 0; study < shape.studies(); study++) {
      List<byte[]> row = elements.subList(study * shape.places(), (study + 1) * shape.places());
      List<byte[]> views = row.stream().filter(view -> view.length > 0).toList();
      if (views.isEmpty()) {
        throw new InvalidInferenceException(
            "study %d of %d has no view".formatted(study + 1, shape.studies()));
      }
      studies.add(new StudyViews(Optional.empty(), views));
    }
    return studies;
  }
}
