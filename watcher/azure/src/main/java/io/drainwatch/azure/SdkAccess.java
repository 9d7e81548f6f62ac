package io.drainwatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import java.time.InstantSource;

/** The service that {@code AzureLibrary} finds. */
public final class SdkAccess implements AzureAccess {

  @Override
  public AzureResources open(AzureSettings settings, InstantSource clock) {
    HttpClient http = new OkHttpAsyncHttpClientBuilder(Transport.of(settings)).build();
    return over(http, Credentials.of(settings, http), settings, clock);
  }

  /** As in use, over a transport and as somebody of one's own. */
  static AzureResources over(
      HttpClient http, TokenCredential credential, AzureSettings settings, InstantSource clock) {
    return new SdkResources(http, credential, settings, clock, Pauses.USUAL);
  }
}
