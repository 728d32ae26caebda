package io.radstream.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Good requests of a scoring service.
 *
 * @param picture a whole PNG
 */
record HttpSeeds(byte[] picture) {

  private static final String FORM = "multipart/form-data; boundary=cut";

  /** A request that is good but for its body. */
  record Endpoint(String name, String path, String headers, byte[] body, List<String> words)
      implements SpoiledRequest {

    @Override
    public String target() {
      return "body-" + name;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(body);
    }

    @Override
    public byte[] request(byte[] content) {
      String head =
          "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(path, headers, content.length);
      return Mutator.spliced(content, 0, 0, Json.bytes(head));
    }
  }

  List<Endpoint> all() {
    return List.of(
        new Endpoint(
            "form",
            "/v1/score",
            type(FORM),
            form(),
            List.of(
                "--cut",
                "--cut--",
                "\r\n",
                "filename=\"",
                "Content-Disposition: form-data; name=\"",
                "Content-Type: ",
                "\"",
                ";",
                "\r\n\r\n")),
        new Endpoint(
            "study",
            "/v1/score",
            type("application/json"),
            study(),
            List.of(
                "\"views\":[", "\"image\":", "{", "[", "null", "\"projection\":\"PA\"", "\uFEFF")),
        new Endpoint(
            "embed",
            "/v1/embed",
            type("application/json"),
            study(),
            List.of("{", "[", "\"", ",", ":")),
        new Endpoint(
            "infer",
            "/v2/models/radstream/infer",
            type("application/json"),
            infer(),
            List.of("\"inputs\":[", "\"shape\":[", "[", "{", "-1", "\"data\":", "\"BYTES\"")),
        new Endpoint(
            "tensor",
            "/v2/models/radstream/infer",
            type("application/octet-stream")
                + "Inference-Header-Content-Length: "
                + tensorJson().length()
                + "\r\n",
            tensor(),
            List.of("\"binary_data_size\":", "[", "\0\0\0\0", "\u007f\0\0\0")),
        new Endpoint(
            "bare",
            "/v2/models/radstream/infer",
            type("application/octet-stream") + "Inference-Header-Content-Length: 0\r\n",
            picture,
            List.of("IHDR", "IDAT", "IEND")),
        new Endpoint(
            "packed",
            "/v2/models/radstream/infer",
            type("application/json") + "Content-Encoding: gzip\r\n",
            infer(),
            List.of("\u001f\u008b\b")),
        new Endpoint(
            "decision",
            "/v1/models/bench/promote",
            type("application/json"),
            Json.bytes("{\"reason\":\"Zyxwvq\",\"share\":0.5}"),
            List.of("{", "[", "\"share\":", "1e99", "null")),
        new Endpoint(
            "index",
            "/v2/repository/index",
            type("application/json"),
            Json.bytes("{\"ready\":true}"),
            List.of("{", "[")));
  }

  /** Whole requests, to be spoiled from their first byte on. */
  List<byte[]> whole() {
    return List.of(
        Json.bytes("GET /v1/models?x=Zyxwvq HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n"),
        Json.bytes("GET /v2/models/radstream/versions/bench HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        Json.bytes("GET /assets/page.js HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a=Zyxwvq\r\n\r\n"),
        Json.bytes("GET /metrics HTTP/1.0\r\nAuthorization: Bearer Zyxwvq\r\n\r\n"),
        Json.bytes(
            "OPTIONS /v1/score HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://a.example\r\n\r\n"),
        Json.bytes(
            "POST /v1/score?findings=radstream&model=live HTTP/1.1\r\nHost: 127.0.0.1\r\ntimeout: 2\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n10\r\n{\"views\":[{\"imag\r\n5\r\ne\":1}\r\n2\r\n]}\r\n0\r\n\r\n"),
        all().get(0).request(form()),
        all().get(1).request(study()),
        all().get(4).request(tensor()));
  }

  List<String> words() {
    return List.of(
        "\r\n",
        "\r\n\r\n",
        "%",
        "%00",
        "%2e%2e/",
        "../",
        "//",
        "?",
        "#",
        "&",
        ";",
        ": ",
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: -1\r\n",
        "Expect: 100-continue\r\n",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\n",
        "Range: bytes=0-1\r\n",
        "If-None-Match: *\r\n",
        "timeout: 99999999999999\r\n",
        "timeout: -1ms\r\n",
        "Host: \r\n",
        "HTTP/2.0",
        "PRI * HTTP/2.0",
        "TRACE ",
        "CONNECT ",
        "ffffffff\r\n",
        "Content-Encoding: gzip\r\n",
        "\0",
        "\u0080",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n");
  }

  private static String type(String type) {
    return "Content-Type: " + type + "\r\n";
  }

  private byte[] form() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        Json.bytes(
            "--cut\r\nContent-Disposition: form-data; name=\"studyId\"\r\n\r\nZyxwvq\r\n--cut\r\nContent-Disposition: form-data; name=\"a\"; filename=\"Zyxwvq.png\"\r\nContent-Type: image/png\r\n\r\n"));
    out.writeBytes(picture);
    out.writeBytes(Json.bytes("\r\n--cut--\r\n"));
    return out.toByteArray();
  }

  private String base64() {
    return Base64.getEncoder().encodeToString(picture);
  }

  private byte[] study() {
    return Json.bytes(
        "{\"studyId\":\"Zyxwvq\",\"views\":[{\"image\":\"%s\",\"projection\":\"PA\"}]}"
            .formatted(base64()));
  }

  private byte[] infer() {
    return Json.bytes(
        "{\"id\":\"Zyxwvq\",\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]}"
            .formatted(base64()));
  }

  private String tensorJson() {
    return "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":{\"binary_data_size\":%d}}]}"
        .formatted(picture.length + 4);
  }

  private byte[] tensor() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Json.bytes(tensorJson()));
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(picture.length >> shift);
    }
    out.writeBytes(picture);
    return out.toByteArray();
  }
}
