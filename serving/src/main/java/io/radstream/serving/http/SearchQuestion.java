package io.radstream.serving.http;

import io.radstream.radiology.study.StudyViews;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What something is to be near to. */
sealed interface SearchQuestion {

  /** A study that is sent. */
  record Sent(StudyViews views) implements SearchQuestion {}

  /** A study of the index. */
  record Indexed(String studyId) implements SearchQuestion {}

  record Sentence(String text) implements SearchQuestion {

    /** Without the text, which may stand in no log. */
    @Override
    public String toString() {
      return "Sentence";
    }
  }

  int LONGEST_TEXT = 10_000;

  String EXPECTED =
      "one of {\"views\":[{\"image\":\"base64 of a PNG or JPEG\"}]}, {\"studyId\":\"...\"} for one that is"
          + " indexed, and {\"text\":\"a sentence\"}; studyId can also stand beside views";

  /** The JSON form. */
  record Form(String studyId, List<StudyRequest.View> views, String text) {}

  /**
   * @throws ProblemException where the body asks for nothing, or for too much
   */
  static SearchQuestion read(StudyRequest requests, Buffer body) {
    if (body == null || body.length() == 0) {
      throw bad("the body is empty; it is " + EXPECTED);
    }
    Form form = requests.parse(body, Form.class, EXPECTED);
    if (form == null || (form.text != null && (form.views != null || form.studyId != null))) {
      throw bad("the body is " + EXPECTED);
    }
    if (form.views != null) {
      return new Sent(StudyRequest.study(form.studyId, form.views));
    }
    if (form.text != null) {
      return sentence(form.text);
    }
    if (form.studyId == null) {
      throw bad("the body is " + EXPECTED);
    }
    return new Indexed(form.studyId);
  }

  private static Sentence sentence(String text) {
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw bad("text has 1 to %d characters".formatted(LONGEST_TEXT));
    }
    return new Sentence(text);
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest("bad_search", detail));
  }
}
