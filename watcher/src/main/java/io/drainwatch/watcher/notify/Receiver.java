package io.drainwatch.watcher.notify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shell: somebody who takes JSON by POST, in the same way as a sink does: headers from files, read
 * anew for each request, proxy, own authority, no redirect, and no secret in what is said.
 */
public final class Receiver {
  private static final String JSON = "application/json";

  private final Post post;
  private final URI url;
  private final List<SinkSettings.Header> headers;

  private Receiver(Post post, URI url, List<SinkSettings.Header> headers) {
    this.post = post;
    this.url = url;
    this.headers = List.copyOf(headers);
  }

  public static Receiver over(
      Wire wire, URI url, List<SinkSettings.Header> headers, InstantSource clock) {
    return new Receiver(new MicronautPost(wire, clock), url, headers);
  }

  /** What came of one request. */
  public sealed interface Outcome {

    /**
     * An answer, whatever it says.
     *
     * @param text the beginning of the body, without secrets
     */
    record Came(int status, Optional<Duration> retryAfter, String text) implements Outcome {}

    /** No answer, or it was never sent. */
    record Silent(String why) implements Outcome {}
  }

  /** Blocks for the time-out at most and never throws. */
  public Outcome post(String json) {
    try {
      List<String> secrets = new ArrayList<>();
      Map<String, String> lines = new LinkedHashMap<>();
      for (SinkSettings.Header header : headers) {
        String value = header.value().read();
        LetterWriting.secretWords(value, secrets);
        lines.put(header.name(), value);
      }
      return switch (post.send(new Letter(url, lines, JSON, json, secrets))) {
        case Answer.Came(int status, Optional<Duration> after, String text) ->
            new Outcome.Came(status, after, text);
        case Answer.Silent(String why) -> new Outcome.Silent(why);
      };
    } catch (IOException e) {
      return new Outcome.Silent(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      // its message may hold anything
      return new Outcome.Silent("a bug: " + e.getClass().getName());
    }
  }

  /** Loads what the first request needs; sends nothing. */
  public void warmUp() {
    post.warmUp();
  }
}
