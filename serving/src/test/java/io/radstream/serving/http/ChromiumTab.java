package io.radstream.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An open page of a {@link Chromium}. */
final class ChromiumTab {

  private final DevTools tools;
  private final String session;

  ChromiumTab(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
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

  /** Drops a file where the middle of an element is. */
  void drop(String selector, Path file) {
    JsonNode box =
        evaluate(
            "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
                + "(document.querySelector('%s').getBoundingClientRect())".formatted(selector));
    Map<String, Object> data =
        Map.of("items", List.of(), "files", List.of(file.toString()), "dragOperationsMask", 1);
    Stream.of("dragEnter", "dragOver", "drop")
        .forEach(
            type ->
                call(
                    "Input.dispatchDragEvent",
                    Map.of(
                        "type",
                        type,
                        "x",
                        box.get(0).asDouble(),
                        "y",
                        box.get(1).asDouble(),
                        "data",
                        data)));
  }
}
