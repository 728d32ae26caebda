package io.radstream.serving.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.worklist.ListedStudy;
import io.radstream.serving.worklist.Verdict;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reader's verdict as it is sent.
 *
 * @param checkpoint whose score the reader looked at
 */
record VerdictRequest(String studyId, String checkpoint, List<FindingForm> findings) {

  private static final int LONGEST_BODY = 256 << 10;
  private static final int MOST_FINDINGS = 256;
  private static final int MOST_BOXES = 64;

  /** Sums of parts that were written with few digits. */
  private static final double ROUNDING = 1e-6;

  private static final String EXPECTED =
      "the body is {\"studyId\":\"...\",\"checkpoint\":\"...\",\"findings\":[{\"finding\":\"effusion\","
          + "\"present\":true,\"boxes\":[{\"view\":0,\"x\":0.1,\"y\":0.2,\"width\":0.3,\"height\":0.2}]}]};"
          + " boxes may be left out, and are in parts of the view; {\"finding\":\"effusion\",\"takeBack\":true}"
          + " takes back what the caller said of a finding";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * What is said of one finding.
   *
   * @param takeBack whether nothing is said of it any more, in place of present
   */
  record FindingForm(String finding, Boolean present, boolean takeBack, List<BoxForm> boxes) {

    private boolean saysOneThing() {
      return takeBack == (present == null) && !(takeBack && boxes != null);
    }
  }

  /** Where. */
  record BoxForm(Integer view, Double x, Double y, Double width, Double height) {}

  /**
   * @throws ProblemException where the body is no verdict
   */
  static VerdictRequest of(Buffer body) {
    if (body == null || body.length() == 0 || body.length() > LONGEST_BODY) {
      throw bad("bad_json", EXPECTED);
    }
    VerdictRequest read;
    try {
      read = JSON.readValue(body.getBytes(), VerdictRequest.class);
    } catch (IOException e) {
      throw new ProblemException(Problem.badRequest("bad_json", EXPECTED));
    }
    if (read == null
        || read.studyId == null
        || read.checkpoint == null
        || read.findings == null
        || read.findings.isEmpty()
        || read.findings.size() > MOST_FINDINGS) {
      throw bad("bad_json", EXPECTED);
    }
    return read;
  }

  /**
   * @throws ProblemException where the score is not one of those of the study, or has no such
   *     finding, or a box is in no view
   */
  Verdict on(ListedStudy study, String reader) {
    if (!study.isScoredBy(checkpoint)) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.CONFLICT.code(),
              "other_score",
              "the study is not listed with a score of that checkpoint, or not any more; look at it"
                  + " again"));
    }
    Map<String, Double> scored = study.probabilitiesBy(checkpoint);
    Map<String, Boolean> present = new HashMap<>();
    Set<String> takenBack = new HashSet<>();
    List<Verdict.Mark> marks = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (FindingForm form : findings) {
      if (form == null
          || form.finding == null
          || !scored.containsKey(form.finding)
          || !form.saysOneThing()) {
        throw bad(
            "each finding is one that the checkpoint scored, with present true or false, or with"
                + " takeBack true");
      }
      if (!named.add(form.finding)) {
        throw bad("a finding is there more than once");
      }
      if (form.takeBack) {
        takenBack.add(form.finding);
      } else {
        present.put(form.finding, form.present);
        marks.addAll(marks(form));
      }
    }
    return new Verdict(reader, checkpoint, present, takenBack, marks);
  }

  private static List<Verdict.Mark> marks(FindingForm form) {
    List<BoxForm> boxes = form.boxes == null ? List.of() : form.boxes;
    if (boxes.size() > MOST_BOXES || (!boxes.isEmpty() && !form.present)) {
      throw bad("a finding that is present has up to %d boxes".formatted(MOST_BOXES));
    }
    return boxes.stream().map(box -> mark(form.finding, box)).toList();
  }

  private static Verdict.Mark mark(String finding, BoxForm box) {
    if (box == null
        || box.view == null
        || box.view < 0
        || box.view >= StudyViews.MOST_VIEWS
        || !isSpan(box.x, box.width)
        || !isSpan(box.y, box.height)) {
      throw bad(
          "a box has view, the place of the view from 0, and x, y, width and height in parts of it,"
              + " 0 to 1");
    }
    return new Verdict.Mark(box.view, finding, box.x, box.y, box.width, box.height);
  }

  private static boolean isSpan(Double from, Double size) {
    return from != null && size != null && from >= 0 && size > 0 && from + size <= 1 + ROUNDING;
  }

  private static ProblemException bad(String detail) {
    return bad("bad_verdict", detail);
  }

  private static ProblemException bad(String code, String detail) {
    return new ProblemException(Problem.badRequest(code, detail));
  }
}
