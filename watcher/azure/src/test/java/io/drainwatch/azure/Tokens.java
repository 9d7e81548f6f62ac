package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.drainwatch.watcher.azure.AzureSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Who gives tokens: the metadata service of the VM in the clear, and Entra ID behind TLS. */
final class Tokens implements AutoCloseable {
  static final String TOKEN = "eyJ0-this-is-the-token";
  static final String TENANT = "00000000-0000-0000-0000-00000000000a";
  static final String CLIENT = "00000000-0000-0000-0000-00000000000b";
  private static final String OF_THE_VM = "/metadata/identity/oauth2/token";

  final WireMockServer server = new WireMockServer(options().dynamicPort().dynamicHttpsPort());

  static Tokens start() {
    Tokens tokens = new Tokens();
    tokens.server.start();
    return tokens;
  }

  /** Of the metadata service, for who can be told of another address than its own. */
  String address() {
    return "http://localhost:" + server.port();
  }

  String authority() {
    return "https://localhost:" + server.httpsPort() + "/";
  }

  static MappingBuilder ofTheVm() {
    return WireMock.get(WireMock.urlPathEqualTo(OF_THE_VM));
  }

  static MappingBuilder ofThePod() {
    return WireMock.post(WireMock.urlPathEqualTo("/" + TENANT + "/oauth2/v2.0/token"));
  }

  static ResponseDefinitionBuilder token() {
    return WireMock.okJson(
        """
        {"token_type":"Bearer","access_token":"%s","expires_in":3600,"ext_expires_in":3600,
         "expires_on":"%d","not_before":"1","resource":"https://management.azure.com"}
        """
            .formatted(TOKEN, 4_000_000_000L));
  }

  static ResponseDefinitionBuilder refusal(int status, String error, String description) {
    return WireMock.jsonResponse(
        "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description), status);
  }

  void answer(MappingBuilder request, ResponseDefinitionBuilder response) {
    server.stubFor(request.willReturn(response));
  }

  /** The transport of {@link Arm}, to which the metadata service is at its usual address. */
  HttpClient http(AzureSettings settings) {
    return new OkHttpAsyncHttpClientBuilder(
            Arm.okhttp(settings).newBuilder().socketFactory(new ToUs(server.port())).build())
        .build();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class ToUs extends SocketFactory {
    private final int port;

    ToUs(int port) {
      this.port = port;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
          InetSocketAddress address = (InetSocketAddress) to;
          super.connect(
              address.getPort() == 80
                  ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                  : address,
              timeout);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int unused) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int unused, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int unused) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int unused, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
