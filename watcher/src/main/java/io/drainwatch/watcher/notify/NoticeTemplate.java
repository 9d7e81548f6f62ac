package io.drainwatch.watcher.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.NoticeKind;
import io.drainwatch.drainer.notify.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A body by the operator's Mustache template. The values are texts; none of them is read as a
 * template. For JSON every value is escaped as the inside of a JSON string, with three braces too:
 * it cannot break out of one. Partials are not read: there is no other file to name.
 */
public final class NoticeTemplate {
  /** Fields that are always there, empty where nothing is known. */
  public static final List<String> FIELDS =
      List.of(
          "id",
          "notice",
          "text",
          "at",
          "vm",
          "node",
          "pool",
          "name",
          "maintenance",
          "eventId",
          "eventType",
          "notBefore",
          "deadline",
          "timeLeft",
          "timeLeftSeconds",
          "cause",
          "next",
          "dryRun",
          "warning");

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST_BODY = 65_536;

  private final Template template;
  private final boolean json;

  private NoticeTemplate(Template template, boolean json) {
    this.template = template;
    this.json = json;
  }

  /**
   * @throws IllegalArgumentException the template is none; the message says why
   */
  static NoticeTemplate of(String text, String contentType) {
    boolean json = isJson(contentType);
    try {
      Template compiled =
          Mustache.compiler()
              .escapeHTML(false)
              .withFormatter(value -> json ? escaped(String.valueOf(value)) : String.valueOf(value))
              .emptyStringIsFalse(true)
              .strictSections(true)
              .withLoader(
                  name -> {
                    throw new IllegalArgumentException("partials are not supported: " + name);
                  })
              .compile(text);
      return new NoticeTemplate(compiled, json);
    } catch (MustacheException | IndexOutOfBoundsException e) { // the second for an empty tag
      throw new IllegalArgumentException("not a Mustache template: " + e.getMessage(), e);
    }
  }

  /** Why a template cannot be used, tried with examples; empty: it can. */
  public static Optional<String> fault(String text, String contentType) {
    try {
      NoticeTemplate template = of(text, contentType);
      for (Notice example : examples()) {
        String body = template.body(example);
        if (template.json) {
          STRICT.readTree(body);
        }
        if (body.isBlank()) {
          return Optional.of("gives an empty body");
        }
        if (body.length() > LONGEST_BODY / 2) {
          return Optional.of("gives a body of " + body.length() + " characters, which is too long");
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(
          "does not give JSON with an example: "
              + Optional.ofNullable(e.getOriginalMessage()).orElse("unreadable")
              + "; texts are escaped and still need quotes around them");
    } catch (IllegalArgumentException e) {
      return Optional.of(Optional.ofNullable(e.getMessage()).orElse("cannot be read"));
    }
  }

  /**
   * @throws IllegalArgumentException it names a field that there is not
   */
  String body(Notice notice) {
    try {
      return template.execute(values(notice));
    } catch (MustacheException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; there is " + String.join(", ", FIELDS), e);
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static String escaped(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static Map<String, Object> values(Notice notice) {
    Map<String, Object> values = new HashMap<>();
    values.put("id", notice.id());
    values.put("notice", notice.kind().word());
    values.put("text", notice.headline());
    values.put("at", notice.at().toString());
    values.put("vm", notice.subject().vm());
    values.put("node", notice.subject().node().orElse(""));
    values.put("pool", notice.subject().pool().orElse(""));
    values.put("name", notice.subject().name());
    values.put("maintenance", notice.episode());
    values.put("eventId", notice.eventId());
    values.put("eventType", notice.eventType());
    values.put("notBefore", notice.notBefore().map(Instant::toString).orElse(""));
    values.put("deadline", notice.deadline().map(Instant::toString).orElse(""));
    values.put("timeLeft", notice.timeLeftText().orElse(""));
    values.put(
        "timeLeftSeconds",
        notice.timeLeft().map(left -> Long.toString(left.toSeconds())).orElse(""));
    values.put("cause", notice.cause());
    values.put("next", notice.next());
    values.put("dryRun", notice.subject().dryRun());
    values.put("warning", notice.kind().isWarning());
    return values;
  }

  /** Of something that does not happen; with all that a JSON string must not hold as it is. */
  static Notice example() {
    Instant at = Instant.parse("2026-06-01T08:00:00Z");
    return new Notice(
        "0123456789abcdef0123456789abcdef",
        NoticeKind.BLOCKED,
        at,
        new Subject("vm-1", Optional.of("aks-pool-1"), Optional.of("pool"), false),
        "7CB1D0F4-0000-4000-8000-000000000000/vm-1",
        "7CB1D0F4-0000-4000-8000-000000000000",
        "Reboot",
        Optional.of(at.plusSeconds(900)),
        Optional.of(at.plusSeconds(840)),
        Optional.of(Duration.ofSeconds(840)),
        "an example: \"quotes\", back\\slash, <angle>, \u00FC",
        "this is a test of Drainwatch: nothing happens");
  }

  /** Each way in which fields may be there and not; a time left has a deadline, a pool a Node. */
  private static List<Notice> examples() {
    List<Notice> all = new ArrayList<>(List.of(example()));
    for (int bits = 0; bits < 1 << 6; bits++) {
      boolean isBlocked = (bits & 1) != 0;
      boolean isDryRun = (bits & 2) != 0;
      boolean hasType = (bits & 4) != 0;
      boolean hasNotBefore = (bits & 8) != 0;
      boolean hasCause = (bits & 16) != 0;
      boolean hasNext = (bits & 32) != 0;
      for (int place = 0; place < 3; place++) {
        for (int time = 0; time < 3; time++) {
          all.add(
              new Notice(
                  example().id(),
                  isBlocked ? NoticeKind.BLOCKED : NoticeKind.SEEN,
                  example().at(),
                  new Subject(
                      "vm-1",
                      example().subject().node().filter(given(place > 0)),
                      example().subject().pool().filter(given(place > 1)),
                      isDryRun),
                  "E/vm-1",
                  "E",
                  hasType ? "Reboot" : "",
                  example().notBefore().filter(given(hasNotBefore)),
                  example().deadline().filter(given(time > 0)),
                  example().timeLeft().filter(given(time > 1)),
                  hasCause ? "a cause" : "",
                  hasNext ? "what comes next" : ""));
        }
      }
    }
    return all;
  }

  private static <T> Predicate<T> given(boolean isThere) {
    return any -> isThere;
  }
}
