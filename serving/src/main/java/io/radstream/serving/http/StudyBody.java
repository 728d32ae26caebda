package io.radstream.serving.http;

import io.radstream.serving.http.StudyForm.MalformedFormException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Reads bodies into memory, files among them: {@link BodyBudget} has made room for all of it, and
 * no picture is on a disk at any time. The parts of a file are put together by who decodes it.
 */
final class StudyBody implements Handler<RoutingContext> {

  private static final String FORM = "radstream.form";
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final long most;
  private final BodyHandler whole;

  /**
   * @param most bytes of a body; larger ones are refused
   */
  StudyBody(long most) {
    this.most = most;
    this.whole = BodyHandler.create(false).setBodyLimit(most);
  }

  /** That of a request whose body was multipart. */
  static StudyForm form(RoutingContext context) {
    return context.get(FORM);
  }

  /** Bytes of what was sent, in whatever form. */
  static long bytes(RoutingContext context) {
    StudyForm form = form(context);
    return form == null ? Math.max(0, context.body().length()) : form.bytes();
  }

  @Override
  public void handle(RoutingContext context) {
    if (MediaTypes.of(context).equals(StudyRequest.MULTIPART)) {
      readForm(context);
    } else {
      whole.handle(context);
    }
  }

  private void readForm(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (announced(request) > most) {
      refuse(context, TOO_LARGE);
      return;
    }
    try {
      context.put(FORM, new StudyForm(request.getHeader("Content-Type")));
    } catch (MalformedFormException e) {
      refuse(context, BAD_REQUEST);
      return;
    }
    request
        .exceptionHandler(failure -> refuse(context, BAD_REQUEST))
        .handler(piece -> take(context, piece))
        .endHandler(end -> end(context));
  }

  private void take(RoutingContext context, Buffer piece) {
    StudyForm form = form(context);
    if (form == null) {
      return;
    }
    if (context.request().bytesRead() > most) {
      refuse(context, TOO_LARGE);
      return;
    }
    try {
      form.take(piece);
    } catch (MalformedFormException e) {
      refuse(context, BAD_REQUEST);
    }
  }

  private static void end(RoutingContext context) {
    StudyForm form = form(context);
    if (form == null) {
      return;
    }
    try {
      form.end();
    } catch (MalformedFormException e) {
      refuse(context, BAD_REQUEST);
      return;
    }
    context.next();
  }

  /** Once: what was read until then is let go, and the rest is passed over. */
  private static void refuse(RoutingContext context, int status) {
    context.remove(FORM);
    if (!context.failed()) {
      context.fail(status);
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    // Vert.x has refused what is no number.
    return length == null ? 0 : Long.parseLong(length);
  }
}
