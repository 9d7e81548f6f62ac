package io.drainwatch.browser;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** In place of the tests of this module where there is no browser. */
class NoBrowserTest {

  @Test
  @Disabled(
      "there is no /usr/bin/chromium, so the pages are not tested in a browser: apt-get install"
          + " chromium, or ./mvnw -Pbrowser verify -Ddrainwatch.browser=PATH")
  void thePagesWorkInABrowser() {}
}
