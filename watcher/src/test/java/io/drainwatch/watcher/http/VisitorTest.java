package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorTest {

  @ParameterizedTest(name = "from {0} for {1}, forwarded {2}")
  @CsvSource({
    "127.0.0.1,127.0.0.1:9797,false,true",
    "127.0.0.1,localhost:9797,false,true",
    "127.0.0.1,LOCALHOST,false,true",
    "127.0.0.1,127.8.8.8,false,true",
    "::1,[::1]:9797,false,true",
    // a proxy of somebody on this machine
    "127.0.0.1,localhost,true,false",
    // a page of another site whose name resolves to this machine
    "127.0.0.1,evil.example:9797,false,false",
    "127.0.0.1,127.0.0.1.evil.example,false,false",
    "127.0.0.1,localhost.evil.example,false,false",
    "127.0.0.1,'',false,false",
    "10.0.0.4,localhost:9797,false,false",
    "10.0.0.4,10.0.0.5:9797,false,false"
  })
  void isHere(String from, String host, boolean forwarded, boolean here) throws Exception {
    assertThat(Visitor.isHere(InetAddress.getByName(from), host, forwarded)).isEqualTo(here);
  }
}
