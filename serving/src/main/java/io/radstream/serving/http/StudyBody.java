package io.radstream.serving.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads bodies into memory, files among them: {@link BodyBudget} has made room for all of it, and
 * no picture is on a disk at any time. The parts of a file are put together by who decodes it.
 */
final class StudyBody implements Handler<RoutingContext> {

  private static final String FILES = "radstream.files";
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  /** A boundary that is longer, or more text behind the end of a form, is of no client. */
  private static final int LONGEST_END = 1_024;

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";]+)", Pattern.CASE_INSENSITIVE);

  /** More are counted and not kept, for they are refused anyway. */
  private static final int MOST_KEPT = 64;

  private final long most;
  private final BodyHandler whole;

  /**
   * @param most bytes of a body; larger ones are refused
   */
  StudyBody(long most) {
    this.most = most;
    this.whole = BodyHandler.create(false).setBodyLimit(most);
  }

  /** The files of a multipart body, in their order, each as it came in pieces. */
  static final class Files {

    private final List<List<Buffer>> kept = new ArrayList<>();
    private int count;
    private long bytes;
    private boolean refused;
    private Buffer end = Buffer.buffer();

    int count() {
      return count;
    }

    long bytes() {
      return bytes;
    }

    List<byte[]> contents() {
      return kept.stream().map(Files::joined).toList();
    }

    private static byte[] joined(List<Buffer> pieces) {
      byte[] file = new byte[pieces.stream().mapToInt(Buffer::length).sum()];
      int at = 0;
      for (Buffer piece : pieces) {
        piece.getBytes(file, at);
        at += piece.length();
      }
      return file;
    }

    private void saw(Buffer piece) {
      Buffer all = end.appendBuffer(piece);
      end = all.getBuffer(Math.max(0, all.length() - LONGEST_END), all.length());
    }

    /** A form that breaks off may have lost a view, and nobody would be told. */
    private boolean isWhole(String boundary) {
      return end.toString(StandardCharsets.ISO_8859_1).contains("--" + boundary + "--");
    }

    private void add(HttpServerFileUpload upload) {
      count++;
      if (count <= MOST_KEPT) {
        List<Buffer> pieces = new ArrayList<>();
        kept.add(pieces);
        upload.handler(
            piece -> {
              // The rest of a body that was refused may still come, and be of any length.
              if (!refused) {
                bytes += piece.length();
                pieces.add(piece);
              }
            });
      }
    }

    private void refuse() {
      refused = true;
      kept.forEach(List::clear);
      kept.clear();
    }
  }

  /** Those of a request whose body was multipart. */
  static Files files(RoutingContext context) {
    return context.get(FILES);
  }

  /** Bytes of what was sent, in whatever form. */
  static long bytes(RoutingContext context) {
    Files files = files(context);
    return files == null ? Math.max(0, context.body().length()) : files.bytes();
  }

  @Override
  public void handle(RoutingContext context) {
    if (MediaTypes.of(context).equals(StudyRequest.MULTIPART)) {
      readFiles(context);
    } else {
      whole.handle(context);
    }
  }

  private void readFiles(RoutingContext context) {
    Files files = new Files();
    context.put(FILES, files);
    HttpServerRequest request = context.request();
    request.exceptionHandler(failure -> refuse(context, files, BAD_REQUEST));
    if (announced(request) > most) {
      refuse(context, files, TOO_LARGE);
      return;
    }
    try {
      request.setExpectMultipart(true);
    } catch (RuntimeException e) {
      // Its type names no boundary, or an empty one.
      refuse(context, files, BAD_REQUEST);
      return;
    }
    request
        .uploadHandler(files::add)
        .handler(
            piece -> {
              files.saw(piece);
              if (request.bytesRead() > most) {
                refuse(context, files, TOO_LARGE);
              }
            })
        .endHandler(
            end -> {
              if (!files.isWhole(boundary(request))) {
                refuse(context, files, BAD_REQUEST);
              } else if (!files.refused) {
                context.next();
              }
            });
  }

  private static String boundary(HttpServerRequest request) {
    Matcher named = BOUNDARY.matcher(request.getHeader("Content-Type"));
    return named.find() ? named.group(1).strip() : "";
  }

  private static void refuse(RoutingContext context, Files files, int status) {
    if (!files.refused) {
      files.refuse();
      context.fail(status);
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    // Vert.x has refused what is no number.
    return length == null ? 0 : Long.parseLong(length);
  }
}
