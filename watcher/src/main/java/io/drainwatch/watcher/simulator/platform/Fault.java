package io.drainwatch.watcher.simulator.platform;

import java.time.Duration;
import java.util.Optional;

/** A wrong answer, each of them seen in the field or documented (section 9, section 3). */
public sealed interface Fault {

  /** The word of scenarios and of the list of requests. */
  String word();

  /** An error with a JSON body that is no document. */
  record Status(int code, Optional<Duration> retryAfter) implements Fault {
    public Status {
      if (code < 300 || code > 599) {
        throw new IllegalArgumentException(
            "status " + code + " is no fault: give one from 300 to 599");
      }
    }

    @Override
    public String word() {
      return "status";
    }
  }

  /** 200 and not one byte. */
  record EmptyBody() implements Fault {
    @Override
    public String word() {
      return "empty-body";
    }
  }

  /** 200 and a page, as a captive portal or proxy has it. */
  record Html() implements Fault {
    @Override
    public String word() {
      return "html";
    }
  }

  /** 200 and complete as HTTP, but half a document. */
  record TruncatedJson() implements Fault {
    @Override
    public String word() {
      return "truncated-json";
    }
  }

  /** 200 and a document whose {@code Events} is null. */
  record NullEvents() implements Fault {
    @Override
    public String word() {
      return "null-events";
    }
  }

  /** The connection ends in the middle of the right answer's body. */
  record CutOffBody() implements Fault {
    @Override
    public String word() {
      return "cut-off-body";
    }
  }

  /** Half of the right answer's body, a pause, then the connection ends. */
  record StalledBody(Duration pause) implements Fault {
    @Override
    public String word() {
      return "stalled-body";
    }
  }

  /** The right answer, late. */
  record SlowAnswer(Duration delay) implements Fault {
    @Override
    public String word() {
      return "slow-answer";
    }
  }

  /** The connection ends without an answer. */
  record ConnectionClosed() implements Fault {
    @Override
    public String word() {
      return "connection-closed";
    }
  }
}
