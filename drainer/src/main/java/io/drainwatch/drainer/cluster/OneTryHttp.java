package io.drainwatch.drainer.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.IOException;
import java.net.Proxy;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * fabric8's HTTP client, with everything turned off by which it or okhttp below would send a
 * request a second time: their retries, redirects, the second try after a 401 and after a 503 that
 * says {@code Retry-After: 0} (kubernetes-drain.md 19.1). Nothing else of the client is used: what
 * it makes of bodies and codes loses what the drain needs (19.2 to 19.6).
 */
final class OneTryHttp extends OkHttpClientFactory {
  /** Where {@code Retry-After} is kept, out of okhttp's sight. */
  static final String KEPT_RETRY_AFTER = "Drainwatch-Kept-Retry-After";

  private static final String RETRY_AFTER = "Retry-After";

  private final boolean isDirect;

  private OneTryHttp(boolean isDirect) {
    this.isDirect = isDirect;
  }

  static HttpClient of(Config config, FreshToken token) {
    config.setRequestRetryBackoffLimit(0);
    HttpClient.Builder builder = new OneTryHttp(!namesProxy(config)).newBuilder(config);
    return builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, token).build();
  }

  private static boolean namesProxy(Config config) {
    String proxy =
        config.getMasterUrl().startsWith("http:") ? config.getHttpProxy() : config.getHttpsProxy();
    return proxy != null && !proxy.isBlank();
  }

  @Override
  protected void additionalConfig(OkHttpClient.Builder builder) {
    builder
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .addNetworkInterceptor(OneTryHttp::hideRetryAfter);
    if (isDirect) {
      // else the JVM's own proxy settings would count, which nobody made for the API server
      builder.proxy(Proxy.NO_PROXY).socketFactory(new DirectSockets());
    }
  }

  @Override
  protected Dispatcher initDispatcher() {
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("drainwatch-api-", 0).factory()));
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String asked = response.header(RETRY_AFTER);
    if (asked == null) {
      return response;
    }
    return response
        .newBuilder()
        .headers(
            response
                .headers()
                .newBuilder()
                .removeAll(RETRY_AFTER)
                .addUnsafeNonAscii(KEPT_RETRY_AFTER, asked)
                .build())
        .build();
  }
}
