package io.drainwatch.watcher.events;

import io.drainwatch.watcher.events.Negotiation.NoneAnswers;
import io.drainwatch.watcher.events.Negotiation.Settled;
import io.drainwatch.watcher.events.Negotiation.Trying;

/**
 * Finding the API version (azure-scheduled-events.md, section 2), as values of a state machine.
 *
 * <ol>
 *   <li>Begin with the newest candidate.
 *   <li>400 or 405: down one version. 404: the same again, and down one at the fourth in a row,
 *       because 404 also means "updating" ({@link PollPace} spaces the tries by 1, 2 and 4 s).
 *   <li>Below the oldest there is nothing: keep to the configured version, and say so.
 *   <li>A version that has answered is kept until restart, whatever comes later.
 * </ol>
 *
 * Any other answer says nothing about the version.
 */
sealed interface Negotiation permits Trying, Settled, NoneAnswers {
  /** Tries of one version that 404 ends. */
  int TRIES_WHEN_NOT_FOUND = 4;

  /** What an answer says about the version that was asked for. */
  enum Reply {
    /** A valid document, or the empty body that some clusters answer with. */
    ANSWERED,
    REFUSED,
    NOT_FOUND,
    SAYS_NOTHING;

    static Reply of(ErrorKind kind) {
      return switch (kind) {
        case BAD_REQUEST -> REFUSED;
        case NOT_FOUND -> NOT_FOUND;
        case NOT_A_DOCUMENT,
            NOT_THIS_SERVICE,
            UPDATING,
            TOO_MANY_REQUESTS,
            SERVER_ERROR,
            UNEXPECTED_STATUS,
            TIMEOUT,
            UNREACHABLE,
            CONNECTION_LOST,
            CANCELLED ->
            SAYS_NOTHING;
      };
    }
  }

  /** What to ask for now. */
  String version();

  Negotiation after(Reply reply);

  static Negotiation begin(ApiVersions versions) {
    return new Trying(versions, 0, 0);
  }

  /**
   * Not answered yet.
   *
   * @param step which of the candidates
   * @param notFound how many 404 in a row this candidate has got
   */
  record Trying(ApiVersions versions, int step, int notFound) implements Negotiation {
    @Override
    public String version() {
      return versions.newestFirst().get(step);
    }

    @Override
    public Negotiation after(Reply reply) {
      return switch (reply) {
        case ANSWERED -> new Settled(version());
        case REFUSED -> down();
        case NOT_FOUND ->
            notFound + 1 < TRIES_WHEN_NOT_FOUND ? new Trying(versions, step, notFound + 1) : down();
        case SAYS_NOTHING -> new Trying(versions, step, 0);
      };
    }

    private Negotiation down() {
      return step + 1 < versions.newestFirst().size()
          ? new Trying(versions, step + 1, 0)
          : new NoneAnswers(versions);
    }
  }

  record Settled(String version) implements Negotiation {
    @Override
    public Negotiation after(Reply reply) {
      return this;
    }
  }

  /** All were tried in vain. */
  record NoneAnswers(ApiVersions versions) implements Negotiation {
    @Override
    public String version() {
      return versions.configured();
    }

    @Override
    public Negotiation after(Reply reply) {
      return switch (reply) {
        case ANSWERED -> new Settled(version());
        case REFUSED, NOT_FOUND, SAYS_NOTHING -> this;
      };
    }
  }
}
