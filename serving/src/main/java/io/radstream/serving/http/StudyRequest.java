package io.radstream.serving.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.Projection;
import io.radstream.serving.json.JsonLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the views of a study out of a request body. The cheap checks are made at once; the work
 * (JSON, base64, copies) is left to the thread that asks the supplier.
 */
final class StudyRequest {

  static final String MULTIPART = "multipart/form-data";
  static final List<String> ACCEPTED = List.of(MULTIPART, Json.MEDIA_TYPE);

  private static final int LONGEST_STUDY_ID = 128;

  /** A request has no number, so that none is long. */
  private static final int LONGEST_NUMBER = 32;

  private static final int LONGEST_NAME = 64;

  /** Ten times those of a study of most views. */
  private static final int MOST_TOKENS = StudyViews.MOST_VIEWS * 60;

  private static final String EXPECTED =
      "{\"studyId\":\"...\",\"views\":[{\"image\":\"base64 of a PNG or JPEG\",\"projection\":\"PA, AP,"
          + " LATERAL, OTHER or UNKNOWN\"}]}, studyId and projection optional";

  private final ObjectMapper json;

  /** The JSON form of a request. */
  private record Study(String studyId, List<View> views) {}

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record View(byte[] image, Projection projection) {}

  /**
   * @param maxBodyBytes bounds an image in base64 too
   */
  StudyRequest(long maxBodyBytes) {
    JsonLimits limits =
        new JsonLimits(MOST_TOKENS, Math.toIntExact(maxBodyBytes), LONGEST_NAME, LONGEST_NUMBER);
    this.json =
        new ObjectMapper(limits.factory().build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  Supplier<StudyViews> views(RoutingContext context) {
    if (MediaTypes.of(context).equals(MULTIPART)) {
      return multipart(context);
    }
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      throw new ProblemException(Problem.noImage());
    }
    return () -> fromJson(body);
  }

  private static Supplier<StudyViews> multipart(RoutingContext context) {
    StudyForm form = StudyBody.form(context);
    checkCount(form.count());
    Optional<String> studyId = studyId(form.studyId().orElse(null));
    return () -> new StudyViews(studyId, form.contents());
  }

  private StudyViews fromJson(Buffer body) {
    Study study = parse(body, Study.class, EXPECTED);
    if (study == null || study.views == null) {
      throw new ProblemException(Problem.noImage());
    }
    return study(study.studyId, study.views);
  }

  /**
   * @param id of the caller's own, or null
   */
  static StudyViews study(String id, List<View> views) {
    checkCount(views.size());
    List<byte[]> images = new ArrayList<>();
    for (View view : views) {
      if (view == null || view.image == null) {
        throw new ProblemException(Problem.noImage());
      }
      images.add(view.image);
    }
    return new StudyViews(studyId(id), images);
  }

  /**
   * A body in the form of a record, null where it says null.
   *
   * @param expected for the client: what the form is
   */
  <T> T parse(Buffer body, Class<T> form, String expected) {
    try {
      return json.readValue(body.getBytes(), form);
    } catch (MismatchedInputException e) {
      throw new ProblemException(
          Problem.badRequest("bad_json", path(e) + " is not what is expected: " + expected));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("bad_json", "the body is not valid JSON" + place(e.getLocation())));
    } catch (IOException e) {
      // Of bytes that are no text Jackson says so in the JDK's words.
      throw new ProblemException(
          Problem.badRequest("bad_json", "the body is not text in an encoding of Unicode"));
    }
  }

  /**
   * Where the mismatch is. A name that does not exist here is the caller's own text, and is not
   * repeated.
   */
  private static String path(JsonMappingException e) {
    List<JsonMappingException.Reference> places = e.getPath();
    boolean isUnknown = e instanceof UnrecognizedPropertyException;
    String path =
        places.stream()
            .limit(places.size() - (isUnknown ? 1 : 0))
            .map(
                at ->
                    at.getFieldName() != null ? "." + at.getFieldName() : "[" + at.getIndex() + "]")
            .collect(Collectors.joining());
    return path.isEmpty() ? "the body" : "\"" + path.substring(1) + "\"";
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static void checkCount(int views) {
    if (views == 0) {
      throw new ProblemException(Problem.noImage());
    }
    if (views > StudyViews.MOST_VIEWS) {
      throw new ProblemException(
          Problem.badRequest(
              "too_many_views",
              "a study may have at most %d views here, not %d"
                  .formatted(StudyViews.MOST_VIEWS, views)));
    }
  }

  private static Optional<String> studyId(String given) {
    if (given != null && given.length() > LONGEST_STUDY_ID) {
      throw new ProblemException(
          Problem.badRequest(
              "bad_study_id",
              "studyId may have at most %d characters".formatted(LONGEST_STUDY_ID)));
    }
    return Optional.ofNullable(given);
  }
}
