package io.radstream.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** What a Chromium is told by the DevTools protocol, and what it complains of. */
final class DevTools {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Duration patience;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final Map<String, List<String>> problems = new ConcurrentHashMap<>();

  /**
   * @param patience with which an answer is waited for
   */
  DevTools(URI address, Duration patience) {
    this.patience = patience;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Inbox()).join();
  }

  /** Errors that scripts of a page threw, and what the browser complained of there. */
  List<String> problems(String session) {
    return problems.computeIfAbsent(session, page -> new CopyOnWriteArrayList<>());
  }

  /**
   * @param session of a page, or empty for the browser
   * @throws AssertionError where the browser answers with an error
   * @throws SilentBrowserException where it does not answer
   */
  JsonNode call(String session, String method, Map<String, ?> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    Map<String, Object> message =
        new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      synchronized (this) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    JsonNode answered = answered(method, answer);
    if (answered.has("error")) {
      throw new AssertionError(method + ": " + answered.at("/error/message").asText());
    }
    return answered.get("result");
  }

  private JsonNode answered(String method, CompletableFuture<JsonNode> answer) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SilentBrowserException(method);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Inbox implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      JsonNode read;
      try {
        read = JSON.readTree(message);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      if (read.has("id")) {
        Optional.ofNullable(pending.remove(read.get("id").asInt()))
            .ifPresent(waiting -> waiting.complete(read));
      } else if (read.path("method").asText().equals("Runtime.exceptionThrown")) {
        problems(session(read)).add(read.at("/params/exceptionDetails").toString());
      } else if (isComplaint(read)) {
        problems(session(read)).add(read.at("/params/entry").toString());
      }
    }

    private static String session(JsonNode read) {
      return read.path("sessionId").asText();
    }

    /** That a request was answered with an error is for the page to tell. */
    private boolean isComplaint(JsonNode read) {
      return read.path("method").asText().equals("Log.entryAdded")
          && read.at("/params/entry/level").asText().equals("error")
          && !read.at("/params/entry/source").asText().equals("network");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      pending.values().forEach(waiting -> waiting.complete(JSON.createObjectNode()));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      pending.values().forEach(waiting -> waiting.completeExceptionally(failure));
    }
  }
}
