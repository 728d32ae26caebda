package io.radstream.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An open page of a {@link Chromium}. */
final class ChromiumTab {

  private static final int SHIFT = 8;

  private final DevTools tools;
  private final String session;

  ChromiumTab(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
  }

  /** Errors that its scripts threw, and what the browser complained of. */
  List<String> problems() {
    return tools.problems(session);
  }

  JsonNode call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What an expression gives; waits for a promise. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toString());
    }
    return answer.at("/result/value");
  }

  /** Waits until an expression is true; a page that is just being loaded has none yet. */
  void await(String condition) {
    String look =
        """
        new Promise(done => {
          const look = () => { try { return %s; } catch { return false; } };
          const again = () => look() ? done(true) : setTimeout(again, 10);
          again();
        })
        """
            .formatted(condition);
    boolean seen = false;
    while (!seen) {
      try {
        seen = evaluate(look).asBoolean();
      } catch (AssertionError e) {
        // It looked at a page that is gone by now.
        if (!String.valueOf(e.getMessage()).contains("context")
            && !String.valueOf(e.getMessage()).contains("navigated")) {
          throw e;
        }
      }
    }
  }

  String text(String selector) {
    return evaluate("document.querySelector('%s').innerText".formatted(selector)).asText();
  }

  void click(String selector) {
    evaluate("document.querySelector('%s').click()".formatted(selector));
  }

  /** Types as a keyboard does, into what has the focus. */
  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  void press(String key, int code, String text) {
    Map<String, Object> event =
        Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "text", text);
    Map<String, Object> down = new HashMap<>(event);
    down.put("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
  }

  /** A key that writes nothing, with the shift key held. */
  void pressShifted(String key, int code) {
    Map<String, Object> event =
        Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "modifiers", SHIFT);
    Stream.of("rawKeyDown", "keyUp")
        .forEach(
            type -> {
              Map<String, Object> sent = new HashMap<>(event);
              sent.put("type", type);
              call("Input.dispatchKeyEvent", sent);
            });
  }

  /** Chooses of a list, as a person does. */
  void choose(String selector, String value) {
    evaluate(
        """
        (list => { list.value = '%s';
          ['input', 'change'].forEach(type => list.dispatchEvent(new Event(type, {bubbles: true}))); })
        (document.querySelector('%s'))
        """
            .formatted(value, selector));
  }

  /** As the system's settings would have it: light or dark, with little motion or not. */
  void prefer(String scheme, String motion) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", motion))));
  }

  /** From the next page on, as HTTP writes it: {@code de-AT,en}. */
  void speak(String languages) {
    String agent = evaluate("navigator.userAgent").asText();
    call("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", languages));
  }

  void open(String url) {
    call("Page.navigate", Map.of("url", url));
  }

  private double[] middle(String selector) {
    JsonNode box =
        evaluate(
            "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
                + "(document.querySelector('%s').getBoundingClientRect())".formatted(selector));
    return new double[] {box.get(0).asDouble(), box.get(1).asDouble()};
  }

  /** Drags from the middle of an element. */
  void drag(String selector, String button, int right, int down) {
    double[] from = middle(selector);
    int buttons = button.equals("right") ? 2 : 1;
    mouse("mousePressed", from[0], from[1], button, buttons);
    mouse("mouseMoved", from[0] + right / 2.0, from[1] + down / 2.0, button, buttons);
    mouse("mouseMoved", from[0] + right, from[1] + down, button, buttons);
    mouse("mouseReleased", from[0] + right, from[1] + down, button, 0);
  }

  private void mouse(String type, double x, double y, String button, int buttons) {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type", type, "x", x, "y", y, "button", button, "buttons", buttons, "clickCount", 1));
  }

  /** Turns the wheel over the middle of an element. */
  void wheel(String selector, int down) {
    double[] at = middle(selector);
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseWheel", "x", at[0], "y", at[1], "deltaX", 0, "deltaY", down));
  }

  /**
   * Two fingers on an element, which go apart until there is {@code factor} times as much between.
   */
  void pinch(String selector, double factor) {
    double[] at = middle(selector);
    touch("touchStart", fingers(at, 40));
    for (int step = 1; step <= 4; step++) {
      touch("touchMove", fingers(at, 40 * (1 + (factor - 1) * step / 4)));
    }
    touch("touchEnd", List.of());
  }

  private static List<Map<String, ?>> fingers(double[] at, double apart) {
    return List.of(
        Map.of("x", at[0] - apart, "y", at[1], "id", 1),
        Map.of("x", at[0] + apart, "y", at[1], "id", 2));
  }

  private void touch(String type, List<Map<String, ?>> points) {
    call("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  /** Drops files where the middle of an element is. */
  void drop(String selector, Path... files) {
    double[] at = middle(selector);
    Map<String, Object> data =
        Map.of(
            "items",
            List.of(),
            "files",
            Stream.of(files).map(Path::toString).toList(),
            "dragOperationsMask",
            1);
    Stream.of("dragEnter", "dragOver", "drop")
        .forEach(
            type ->
                call(
                    "Input.dispatchDragEvent",
                    Map.of("type", type, "x", at[0], "y", at[1], "data", data)));
  }
}
