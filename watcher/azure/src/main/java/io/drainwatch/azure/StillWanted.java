package io.drainwatch.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/**
 * Sends a change only while whoever ordered it still wants it. The last of the pipeline: repeats,
 * the pauses before them and the login are over by then. Looking is always allowed.
 */
final class StillWanted implements HttpPipelinePolicy {
  private static final String KEY = "drainwatch-still-wanted";

  /** What it was ordered for is over; nothing was sent. */
  static final class NoLonger extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoLonger() {
      super("it is no longer wanted by this process, so it was not sent");
    }
  }

  static Context asLongAs(BooleanSupplier still) {
    return new Context(KEY, still);
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    check(context);
    return next.processSync();
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.defer(
        () -> {
          check(context);
          return next.process();
        });
  }

  private static void check(HttpPipelineCallContext context) {
    boolean isWanted =
        context.getHttpRequest().getHttpMethod() == HttpMethod.GET
            || context
                .getData(KEY)
                .map(still -> ((BooleanSupplier) still).getAsBoolean())
                .orElse(true);
    if (!isWanted) {
      throw new NoLonger();
    }
  }
}
