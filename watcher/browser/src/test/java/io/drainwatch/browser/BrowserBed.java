package io.drainwatch.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium, by Playwright; no browser is downloaded. One for the tests of a class,
 * each {@link Window} by itself.
 */
final class BrowserBed implements AutoCloseable {
  private static final Path SHELL = Path.of("/usr/bin/chromium-headless-shell");

  /** The headless shell shows the same for half of the processor time. */
  private static final Path CHROMIUM =
      Path.of(
          System.getProperty(
              "drainwatch.browser",
              Files.isExecutable(SHELL) ? SHELL.toString() : "/usr/bin/chromium"));

  private final Playwright playwright;
  private final Browser browser;

  private BrowserBed(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the tests where there is no browser. */
  static BrowserBed start() {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM),
        () -> "there is no " + CHROMIUM + ": the pages are not tested in a browser");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new BrowserBed(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(CHROMIUM)
                      // containers have little of /dev/shm
                      .setArgs(List.of("--disable-dev-shm-usage", "--disable-gpu"))));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  Window open(URI address, Browser.NewContextOptions options) {
    return Window.open(browser.newContext(options), address);
  }

  Window open(URI address) {
    return open(address, new Browser.NewContextOptions().setViewportSize(1100, 900));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** Where pictures go; look at them when a test fails. */
  static Path picture(String name) {
    return Path.of("target", "pages", name + ".png");
  }

  static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(picture(name)).setFullPage(true));
  }
}
