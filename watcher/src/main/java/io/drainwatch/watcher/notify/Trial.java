package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * An example sent to a sink, once, and what came back.
 *
 * @param delivered whether the sink took it
 * @param answer for people, without a secret
 */
public record Trial(String sink, boolean delivered, String answer) {

  /** Blocks for the sink's time-out at most. */
  public static Trial of(SinkSettings sink, InstantSource clock) {
    try {
      Answer answer =
          new MicronautPost(sink, clock).send(new LetterWriting(sink).of(example(clock.instant())));
      return switch (Verdict.of(answer, sink.kind())) {
        case Verdict.Delivered() -> new Trial(sink.name(), true, text(answer));
        case Verdict.Refused(String why) -> new Trial(sink.name(), false, why);
        case Verdict.Later(String why, var after) -> new Trial(sink.name(), false, why);
      };
    } catch (IOException | IllegalArgumentException e) {
      return new Trial(sink.name(), false, String.valueOf(e.getMessage()));
    }
  }

  private static String text(Answer answer) {
    return answer instanceof Answer.Came came
        ? "HTTP " + came.status() + (came.text().isEmpty() ? "" : ": " + came.text())
        : "";
  }

  /** With an id of its own, so that no receiver takes it for one that it has. */
  private static Notice example(Instant now) {
    Notice example = NoticeTemplate.example();
    return new Notice(
        UUID.randomUUID().toString().replace("-", ""),
        example.kind(),
        now,
        example.subject(),
        example.episode(),
        example.eventId(),
        example.eventType(),
        example.notBefore(),
        example.deadline(),
        example.timeLeft(),
        example.cause(),
        example.next());
  }
}
