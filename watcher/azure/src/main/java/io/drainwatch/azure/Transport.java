package io.drainwatch.azure;

import io.drainwatch.watcher.azure.AzureSettings;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * okhttp with limits: the one for a whole call counts until the body is read, so an answer that
 * trickles does not hold anybody. The SDK would set none of them.
 */
final class Transport {
  private static final int UNAVAILABLE = 503;

  private Transport() {}

  static OkHttpClient of(AzureSettings settings) {
    return new OkHttpClient.Builder()
        .connectTimeout(settings.connectLimit())
        .readTimeout(settings.exchangeLimit())
        .writeTimeout(settings.exchangeLimit())
        .callTimeout(settings.exchangeLimit())
        .followRedirects(false)
        .followSslRedirects(false)
        // Retries are Patience's: okhttp would send a restart twice
        .retryOnConnectionFailure(false)
        .addNetworkInterceptor(Transport::withoutARetryOfItsOwn)
        .proxySelector(new NoProxyForTheVm())
        .build();
  }

  /**
   * A 503 with Retry-After 0 okhttp sends again by itself, whatever it is set to: not a restart.
   */
  private static Response withoutARetryOfItsOwn(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String asked = response.header("Retry-After");
    return response.code() == UNAVAILABLE && asked != null && asked.matches("0+")
        ? response.newBuilder().header("Retry-After", "1").build()
        : response;
  }

  /** A managed identity's token comes from the VM's own host, which no proxy reaches. */
  private static final class NoProxyForTheVm extends ProxySelector {
    private static final String METADATA_SERVICE = "169.254.169.254";

    @Override
    public List<Proxy> select(URI address) {
      ProxySelector usual = ProxySelector.getDefault();
      return usual == null || METADATA_SERVICE.equals(address.getHost())
          ? List.of(Proxy.NO_PROXY)
          : usual.select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
      ProxySelector usual = ProxySelector.getDefault();
      if (usual != null) {
        usual.connectFailed(address, proxy, failure);
      }
    }
  }
}
