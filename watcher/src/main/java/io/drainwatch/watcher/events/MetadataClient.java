package io.drainwatch.watcher.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.events.Answer.Failure;
import io.drainwatch.watcher.events.Answer.Success;
import io.drainwatch.watcher.events.ComputeReader.NotCompute;
import io.drainwatch.watcher.events.ComputeReader.ReadCompute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;

/**
 * Shell: the metadata service, as the daemon uses it. What goes wrong is in the value returned and
 * in its message; nothing is logged here, and nothing is thrown for an answer or for none.
 *
 * <p>Any thread may call; calls queue up and go out one at a time, as the limit of 5 requests a
 * second counts for the whole VM. A call takes at most the exchange limit, a poll the first
 * answer's limit until the service has answered once; so polls want a thread of their own. Nothing
 * repeats itself: when to poll again is in the {@link Poll}, when to acknowledge again is the
 * caller's affair.
 */
public final class MetadataClient implements AutoCloseable {
  private static final String EVENTS_PATH = "metadata/scheduledevents";
  private static final String COMPUTE_PATH = "metadata/instance/compute";
  private static final String HINT =
      ". Nothing has answered yet: the VM needs a route to 169.254.169.254 through its primary"
          + " network interface, and on Kubernetes the pod may need hostNetwork: true";

  private final MetadataSettings settings;
  private final HttpUrl base;
  private final InstantSource clock;
  private final LongSupplier nanoseconds;
  private final MetadataHttp http;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private final LastReading lastReading = new LastReading();
  private final ComputeReader computeReader = new ComputeReader();
  private volatile PollCourse course;
  private HttpUrl eventsUrl; // guarded by oneAtATime: asked for each second, so not made anew
  private boolean heard; // guarded by oneAtATime: whether anything has answered at all

  /**
   * @param clock wall clock, for the moment a document was read and for dates in Retry-After
   * @param nanoseconds for latencies, as {@link System#nanoTime} counts
   */
  public MetadataClient(MetadataSettings settings, InstantSource clock, LongSupplier nanoseconds) {
    this.settings = settings;
    this.base = HttpUrl.get(settings.base().toString());
    this.clock = clock;
    this.nanoseconds = nanoseconds;
    this.http = new MetadataHttp(settings.connectLimit(), clock);
    this.course = PollCourse.begin(settings);
    this.eventsUrl = url(EVENTS_PATH, course.negotiation().version());
  }

  /** Asks for the scheduled events once. */
  public Poll poll() {
    oneAtATime.lock();
    try {
      HttpUrl url = eventsUrl();
      long start = nanoseconds.getAsLong();
      Answer answer = listen(http.get(url, course.limit(settings)));
      Duration latency = Duration.ofNanos(Math.max(0, nanoseconds.getAsLong() - start));
      return switch (answer) {
        case Success(byte[] body) -> read(url, body, latency);
        case Failure failure -> failed(failure);
      };
    } finally {
      oneAtATime.unlock();
    }
  }

  /**
   * Approves the event for all VMs that it names, which cannot be taken back. Whether that is right
   * is not asked here.
   *
   * @param eventId exactly as received
   */
  public AcknowledgeAnswer acknowledge(String eventId) {
    if (eventId.isBlank()) {
      throw new IllegalArgumentException("an acknowledgement needs the id of an event");
    }
    String subject = "the acknowledgement of event " + ForeignText.clean(eventId, 100);
    oneAtATime.lock();
    try {
      return switch (listen(
          http.post(eventsUrl(), startRequest(eventId), settings.exchangeLimit()))) {
        case Success(byte[] body) -> new AcknowledgeAnswer.Accepted();
        case Failure failure when failure.hasStatus(400) ->
            new AcknowledgeAnswer.Refused(
                400,
                failure.body(),
                failure.message(
                    subject + " is refused, the next document tells whether it is still wanted"));
        case Failure failure ->
            new AcknowledgeAnswer.Unclear(
                failure.kind(),
                failure.status(),
                message(
                    failure,
                    subject
                        + " may or may not have counted, the same id can be sent again until the"
                        + " event is started or gone"),
                failure.retryAfter());
      };
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Asks who this VM is. */
  public Identity identity() {
    oneAtATime.lock();
    try {
      HttpUrl url = url(COMPUTE_PATH, settings.instanceVersion());
      return switch (listen(http.get(url, settings.exchangeLimit()))) {
        case Success(byte[] body) ->
            switch (computeReader.read(body)) {
              case ReadCompute(var facts) -> new Identity.Found(facts);
              case NotCompute(String reason) ->
                  unidentified(Failure.notUnderstood(MetadataHttp.get(url), reason));
            };
        case Failure failure -> unidentified(failure);
      };
    } finally {
      oneAtATime.unlock();
    }
  }

  /** How things stand, without waiting for a running call. */
  public MetadataStatus status() {
    return course.status();
  }

  /** Ends a running call; later ones come back at once as {@link ErrorKind#CANCELLED}. */
  @Override
  public void close() {
    http.close();
  }

  private Poll read(HttpUrl url, byte[] body, Duration latency) {
    LastReading.Read read = lastReading.read(body, clock.instant());
    return switch (read.reading()) {
      case Reading.ReadDocument(var document, var oddities) -> {
        course = course.afterDocument(document.readAt());
        yield poll(
            new PollResult.Valid(document, latency, read.parsed()),
            read.parsed() ? oddities : Map.of());
      }
      case Reading.EmptyBody() -> {
        course = course.afterEmptyBody();
        yield poll(new PollResult.Empty(), Map.of());
      }
      case Reading.NotADocument(String reason) ->
          failed(Failure.notUnderstood(MetadataHttp.get(url), reason));
    };
  }

  private Poll failed(Failure failure) {
    course = course.afterFailure(failure);
    return poll(
        new PollResult.Failed(
            failure.kind(),
            failure.status(),
            message(failure, course.next()),
            failure.retryAfter()),
        Map.of());
  }

  private Poll poll(PollResult result, Map<Oddity, Integer> oddities) {
    return new Poll(result, course.nextPollIn(), course.health().state(), oddities);
  }

  private Identity unidentified(Failure failure) {
    return new Identity.Failed(
        failure.kind(),
        failure.status(),
        message(failure, "this VM's identity is not known until it is asked for again"));
  }

  private Answer listen(Answer answer) {
    heard |=
        switch (answer) {
          case Success success -> true;
          case Failure failure -> failure.status().isPresent();
        };
    return answer;
  }

  private String message(Failure failure, String next) {
    boolean isSilence =
        failure.kind() == ErrorKind.TIMEOUT || failure.kind() == ErrorKind.UNREACHABLE;
    return failure.message(next) + (isSilence && !heard ? HINT : "");
  }

  /** One id per request, although several are allowed: then each answer is about one event. */
  private static byte[] startRequest(String eventId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("StartRequests").addObject().put("EventId", eventId);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private HttpUrl eventsUrl() {
    String version = course.negotiation().version();
    if (!version.equals(eventsUrl.queryParameter("api-version"))) {
      eventsUrl = url(EVENTS_PATH, version);
    }
    return eventsUrl;
  }

  private HttpUrl url(String path, String version) {
    return base.newBuilder()
        .addPathSegments(path)
        .addQueryParameter("api-version", version)
        .build();
  }
}
