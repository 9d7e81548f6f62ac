package io.drainwatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drainer's page in the system's Chromium, before the real drainer. */
@Timeout(300)
class FleetPageInABrowserTest {
  /** More than a page of them. */
  private static final int NODES = 120;

  @TempDir private static Path directory;
  private static BrowserBed bed;
  private static PagedFleet fleet;

  /** A blocked drain, one that waits for it, and a cancelled maintenance. */
  @BeforeAll
  static void startBrowserAndFleet() throws Exception {
    bed = BrowserBed.start();
    fleet = new PagedFleet(directory, NODES);
    try (Window window = bed.open(fleet.page())) {
      hasText(window.page().locator(".leader"), "This replica leads: drainer-a/");
      // what is on it comes anew each five seconds
      fleet.announce("web-0");
      fleet.announce("sys-0");
      hasText(window.page().locator("#node-web-0"), "blocked");
      hasText(window.page().locator("#node-sys-0"), "Drained");
      fleet.cancel("sys-0");
      fleet.announce("web-1");
      hasText(window.page().locator("tbody").last(), "cancelled");
      hasText(window.page().locator("#node-web-1"), "held: budget");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @AfterAll
  static void stopBrowserAndFleet() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (bed != null) {
      bed.close();
    }
  }

  private static void hasText(Locator locator, String text) {
    assertThat(locator)
        .containsText(
            text, new LocatorAssertions.ContainsTextOptions().setTimeout(Window.PATIENCE));
  }

  private static void hasCount(Locator locator, int count) {
    assertThat(locator)
        .hasCount(count, new LocatorAssertions.HasCountOptions().setTimeout(Window.PATIENCE));
  }

  private static URI page(String query) throws Exception {
    return URI.create(fleet.page() + query);
  }

  /** Of what is asked elsewhere {@link Window} complains by the address that it was given. */
  private static Window open(String query) throws Exception {
    Window window = bed.open(fleet.page());
    window.page().navigate(page(query).toString());
    return window;
  }

  @Test
  void aBlockedDrainIsShownWithWhatBlocksItAndTheOneThatWaits() throws Exception {
    try (Window window = open("")) {
      Page page = window.page();
      Locator blocked = page.locator("#node-web-0");
      hasText(blocked, "Draining");
      hasText(blocked, "budget shop/front");
      hasText(blocked, "The disruption budget front needs");
      hasText(blocked, " left");
      hasText(
          page.locator("section", new Page.LocatorOptions().setHasText("In the way")).first(),
          "PodDisruptionBudget shop/front");
      Locator held = page.locator("#node-web-1");
      hasText(held, "so many Nodes of its pool as may be are out of service (1 of 1)");
      hasText(held, "Begins anyway");
      hasText(page.locator("tbody").last(), "cancelled");
      window.hasNoComplaints();
    }
  }

  @Test
  void aReloadKeepsFiltersAndWhatIsTypedStandsInTheAddress() throws Exception {
    try (Window window = open("")) {
      Page page = window.mark().page();
      hasCount(page.locator(".node"), 50);
      page.locator("#q").pressSequentially("web-1");
      hasText(page.locator("#matching"), "31 Nodes"); // 1, 10 to 19, 100 to 119
      page.locator("#state").selectOption("none");
      hasText(page.locator("#matching"), "30 Nodes");
      assertThat(window.isNotLoadedAnew()).isTrue();
      assertThat(page.url()).endsWith("/?q=web-1&state=none");

      page.reload();
      hasText(page.locator("#matching"), "30 Nodes");
      assertThat(page.locator("#q").inputValue()).isEqualTo("web-1");
      assertThat(page.locator("#state").inputValue()).isEqualTo("none");
      hasCount(page.locator("#node-web-0"), 0);
      page.locator("a", new Page.LocatorOptions().setHasText("Show all")).click();
      hasText(page.locator("#matching"), "of 121");
      window.hasNoComplaints();
    }
  }

  @Test
  void whatSomebodyTypesIsNotTakenFromThemByNews() throws Exception {
    try (Window window = open("?pool=system")) {
      Page page = window.mark().page();
      page.locator("#q").focus();
      page.locator("#q").pressSequentially("sys");
      hasText(page.locator("#matching"), "1 Node, of 121");
      fleet.announce("sys-0");
      hasText(page.locator("#node-sys-0"), "Reboot");
      assertThat(page.locator("#q").inputValue()).isEqualTo("sys");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
      assertThat(window.isNotLoadedAnew()).isTrue();
      fleet.cancel("sys-0");
      window.hasNoComplaints();
    }
  }

  @Test
  void pagesLeadThroughAllNodes() throws Exception {
    try (Window window = open("?sort=name")) {
      Page page = window.page();
      hasText(page.locator("#matching"), "Nodes 1 to 50 of 121.");
      page.locator(".pages a", new Page.LocatorOptions().setHasText("Last")).click();
      hasText(page.locator("#matching"), "Nodes 101 to 121 of 121.");
      assertThat(page.url()).endsWith("?sort=name&page=3");
      window.hasNoComplaints();
    }
  }

  @Test
  void isAccessibleInLightAndDark() throws Exception {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Window window =
          bed.open(
              fleet.page(),
              new Browser.NewContextOptions().setViewportSize(1100, 900).setColorScheme(scheme))) {
        hasText(window.page().locator("#node-web-0"), "blocked");
        hasText(window.page().locator("#connection"), "live");
        assertThat(window.violations()).isEmpty();
        BrowserBed.picture(
            window.page(), "fleet-" + (scheme == ColorScheme.DARK ? "dark" : "light"));
      }
    }
  }

  @Test
  void fitsAPhone() throws Exception {
    try (Window window =
        bed.open(
            fleet.page(),
            new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true))) {
      hasText(window.page().locator("#node-web-0"), "budget shop/front");
      assertThat(window.isNoWiderThanItsWindow()).isTrue();
      assertThat(window.violations()).isEmpty();
      BrowserBed.picture(window.page(), "fleet-phone");
    }
  }

  @Test
  void tellsTheFactsAndFiltersWithoutJavaScript() throws Exception {
    try (Window window =
        bed.open(fleet.page(), new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = window.page();
      hasText(page.locator("#node-web-0"), "budget shop/front");
      hasText(page.locator("#node-web-0"), " min ");
      page.locator("#pool").selectOption("web");
      page.locator("#state").selectOption("blocked");
      page.locator("button").click();
      hasText(page.locator("#matching"), "1 Node, of 121");
      assertThat(page.url()).contains("pool=web").contains("state=blocked");
    }
  }

  /** The picture in the README is {@code target/pages/fleet-readme.png} of this. */
  @Test
  void looksAsInTheReadme() throws Exception {
    try (Window window =
        bed.open(fleet.page(), new Browser.NewContextOptions().setViewportSize(900, 1000))) {
      hasText(window.page().locator("#node-web-0"), "budget shop/front");
      hasText(window.page().locator("#connection"), "live");
      window
          .page()
          .screenshot(new Page.ScreenshotOptions().setPath(BrowserBed.picture("fleet-readme")));
      window.hasNoComplaints();
    }
  }
}
