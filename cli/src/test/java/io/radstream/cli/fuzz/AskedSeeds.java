package io.radstream.cli.fuzz;

import io.radstream.cli.fuzz.HttpSeeds.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Good requests for more than a score: maps, reports, neighbours, a worklist and its verdicts, of
 * {@link FedService}.
 *
 * @param picture a whole PNG
 */
record AskedSeeds(byte[] picture) {

  private static final String TYPE = "Content-Type: application/json\r\n";
  private static final String WHOLE = "Accept: application/json\r\n";

  /** A place on some worklist. */
  private static final String CURSOR = "&after=" + "7ff8000000000000".repeat(4).substring(8);

  private static final String VERDICT =
      """
      {"studyId":"%s","checkpoint":"bench","findings":[{"finding":"effusion","present":true,
      "boxes":[{"view":0,"x":0.1,"y":0.2,"width":0.3,"height":0.25}]}]}"""
          .formatted(Target.CANARY)
          .replace("\n", "");

  /**
   * A request that is good but for its query.
   *
   * @param good queries
   */
  private record Query(
      String name, String method, String path, String headers, byte[] body, List<String> good)
      implements SpoiledRequest {

    private static final String AS_IT_IS = "&=%+.-_";

    @Override
    public String target() {
      return "query-" + name;
    }

    @Override
    public List<byte[]> seeds() {
      return good.stream().map(Json::bytes).toList();
    }

    @Override
    public List<String> words() {
      return Stream.concat(
              Stream.of(
                  "&", "=", "%", "%00", "%ff", "%ed%a0%80", "true", "Infinity", "1d", " ", CURSOR),
              good.stream().flatMap(query -> Stream.of(query.split("&"))).map(it -> "&" + it))
          .toList();
    }

    @Override
    public byte[] request(byte[] part) {
      String head =
          "%s %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(method, path, written(part), headers, body.length);
      return Mutator.spliced(body, 0, 0, Json.bytes(head));
    }

    /** So that it comes through to whoever reads the query. */
    private static String written(byte[] part) {
      StringBuilder text = new StringBuilder();
      for (char each : new String(part, StandardCharsets.ISO_8859_1).toCharArray()) {
        boolean isPlain = each < 128 && Character.isLetterOrDigit(each);
        text.append(
            isPlain || AS_IT_IS.indexOf(each) >= 0 ? "" + each : "%%%02X".formatted((int) each));
      }
      return text.toString();
    }
  }

  List<SpoiledRequest> all() {
    return List.of(
        body("explain", "/v1/explain?finding=effusion", study(), "\"views\":[", "\"image\":"),
        body("report", "/v1/report?maxTokens=3", study(), "\"views\":[", "\"image\":"),
        body("search", "/v1/search", study(), "\"text\":\"a\"", "\"studyId\":", "null", "["),
        body("near", "/v1/search", text("{\"text\":\"" + Target.CANARY + "\"}"), "\\ud800", "\""),
        body("indexed", "/v1/search", text("{\"studyId\":\"" + Target.CANARY + "\"}"), "\"", "x"),
        body(
            "verdict",
            "/v1/worklist/verdicts",
            text(VERDICT),
            "\"boxes\":[",
            "{\"view\":0,\"x\":\"NaN\",\"y\":0,\"width\":1,\"height\":1},",
            "null",
            "false",
            "-1",
            "1e-320",
            "\"effusion\""),
        query(
            "explain",
            "POST",
            "/v1/explain",
            study(),
            "finding=effusion&map=gradient&threshold=0.2&overlay=true",
            "prompt=Zyxwvq+is+there&map=activation&threshold=1&overlay=false",
            "finding=opacity&map=attention&model=bench"),
        query(
            "report",
            "POST",
            "/v1/report",
            study(),
            "beams=2&maxTokens=8",
            "temperature=0.9&topK=5&topP=0.9&seed=7&maxTokens=8",
            "model=bench&maxTokens=4"),
        query("search", "POST", "/v1/search", study(), "count=10&reports=true", "reports=false"),
        query(
            "worklist",
            "GET",
            "/v1/worklist",
            new byte[0],
            "order=priority&finding=effusion&least=0.5&unread=true&count=1",
            "order=newest&count=1",
            "order=uncertain&least=1e-3",
            "order=disagreement&unread=false"));
  }

  /** Whole requests, to be spoiled from their first byte on. */
  List<byte[]> whole() {
    return all().stream().map(it -> it.request(it.seeds().get(0))).toList();
  }

  private static Endpoint body(String name, String path, byte[] body, String... words) {
    return new Endpoint(name, path, TYPE + WHOLE, body, List.of(words));
  }

  private static Query query(String name, String method, String path, byte[] body, String... good) {
    return new Query(name, method, path, TYPE + WHOLE, body, List.of(good));
  }

  private static byte[] text(String text) {
    return Json.bytes(text);
  }

  private byte[] study() {
    return text(
        "{\"studyId\":\"%s\",\"views\":[{\"image\":\"%s\",\"projection\":\"PA\"}]}"
            .formatted(Target.CANARY, Base64.getEncoder().encodeToString(picture)));
  }
}
