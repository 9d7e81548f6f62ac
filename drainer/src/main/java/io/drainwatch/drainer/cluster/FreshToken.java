package io.drainwatch.drainer.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of each request: read anew each minute, as fabric8 does, and before the next request
 * once somebody was told 401. Never sends a request again by itself.
 */
final class FreshToken extends TokenRefreshInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(FreshToken.class);

  private final AtomicBoolean isStale = new AtomicBoolean();

  FreshToken(Config config, InstantSource clock) {
    super(config, new OkHttpClientFactory(), clock.instant());
  }

  /** The next request reads it again. */
  void isStale() {
    isStale.set(true);
  }

  @Override
  public void before(BasicBuilder headers, HttpRequest request, RequestTags tags) {
    if (isStale.getAndSet(false)) {
      readAgain();
    }
    super.before(headers, request, tags);
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder headers, HttpResponse<?> response, RequestTags tags) {
    return CompletableFuture.completedFuture(false);
  }

  private void readAgain() {
    try {
      String token = config.refresh().getAutoOAuthToken();
      if (token != null && !token.isBlank()) {
        config.setAutoOAuthToken(token);
      }
    } catch (RuntimeException e) {
      LOG.warn("Reading the token for the API server failed, the old one is used: {}", Line.of(e));
    }
  }
}
