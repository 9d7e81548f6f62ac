package io.drainwatch.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.drainwatch.browser.PagedVm.waitsAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a VM in the system's Chromium, before the real daemon. */
@Timeout(300)
class StatusPageInABrowserTest {
  private static final String REBOOT =
      "type: Reboot, notice: 30m, approval-delay: 1h, started-for: 1h, description: 'Host update'";
  private static final String FREEZE = "type: Freeze, notice: 1h, duration: 30s";
  private static final String EVIL =
      "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">";

  private static BrowserBed bed;

  private PagedVm vm;

  @BeforeAll
  static void startBrowser() {
    bed = BrowserBed.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (bed != null) {
      bed.close();
    }
  }

  @BeforeEach
  void makeVm() throws Exception {
    vm = new PagedVm();
  }

  @AfterEach
  void removeVm() throws Exception {
    vm.close();
  }

  private static void hasText(Locator locator, String text) {
    assertThat(locator)
        .containsText(
            text, new LocatorAssertions.ContainsTextOptions().setTimeout(Window.PATIENCE));
  }

  private static void isShown(Locator locator) {
    assertThat(locator)
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Window.PATIENCE));
  }

  private static void isIn(Page page, String state) {
    hasText(page.locator("[aria-current=step] h3"), state);
    hasText(page.locator("#glance h2"), state);
  }

  private PagedVm gated() throws Exception {
    return vm.hook("scheduled", "10-tell", "echo people are told", waitsAt("scheduled"))
        .hook("cordon", "10-balancer", "echo out of the balancer", waitsAt("cordon"))
        .hook("drain", "10-jobs", "echo 3 jobs left; echo 2 jobs left", waitsAt("drain"))
        .hook("drain", "20-quick", "echo nothing to do")
        .hook("started", "10-note", waitsAt("started"))
        .hook("running", "10-check", waitsAt("running"))
        .hook("uncordon", "10-balancer", "echo back in the balancer", waitsAt("uncordon"))
        .start();
  }

  @Test
  void showsEveryStateAsItComesWithoutBeingLoadedAnew() throws Exception {
    gated();
    try (Window window = bed.open(vm.page())) {
      Page page = window.mark().page();
      hasText(page.locator("#glance h2"), "In service");
      hasText(page.locator("#connection"), "live");
      vm.announce(FREEZE); // which is only observed
      isIn(page, "MaintenanceScheduled");
      hasText(page.locator("#step-MaintenanceScheduled .output"), "people are told");
      vm.announce(REBOOT); // joins it
      isIn(page, "Cordoned");
      hasText(page.locator("#events"), "Host update");
      vm.openGate("scheduled");
      vm.openGate("cordon");
      isIn(page, "Draining");
      hasText(page.locator("#step-Draining .output"), "2 jobs left");
      hasText(page.locator("#left"), "left to drain, until");
      assertThat(page.title()).isEqualTo("Draining: " + PagedVm.VM);
      vm.openGate("drain");
      isIn(page, "Drained");
      hasText(page.locator("#step-Acknowledged"), "Reboot acknowledged");
      vm.platformBegins();
      isIn(page, "MaintenanceStarted");
      vm.openGate("started");
      vm.platformIsDone();
      isIn(page, "Running");
      vm.openGate("running");
      isIn(page, "Uncordoned");
      vm.openGate("uncordon");
      hasText(page.locator("#glance h2"), "In service");
      hasText(page.locator("#history"), "returned");
      page.locator("#history summary").click();
      hasText(page.locator("#history details"), "complete in");
      assertThat(window.isNotLoadedAnew()).isTrue();
      window.hasNoComplaints();
    }
  }

  @Test
  void showsWhatHooksAndPlatformSayAsTextAndRunsNoneOfIt() throws Exception {
    vm.hook("drain", "10-evil", "cat <<'END'", EVIL, "END", waitsAt("drain")).start();
    try (Window window = bed.open(vm.page())) {
      Page page = window.page();
      vm.announce("type: Reboot, notice: 30m, description: '" + EVIL + "'");
      hasText(page.locator("#step-Draining .output"), EVIL);
      hasText(page.locator("#events"), EVIL);
      page.reload(); // and as a whole page
      hasText(page.locator("#step-Draining .output"), EVIL);
      assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
      assertThat(page.locator("main script, main img").count()).isZero();
      window.hasNoComplaints();
    }
  }

  @Test
  void isAccessibleInLightAndDark() throws Exception {
    gated().announce(REBOOT);
    vm.openGate("scheduled");
    vm.openGate("cordon");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Window window =
          bed.open(
              vm.page(),
              new Browser.NewContextOptions().setViewportSize(1100, 900).setColorScheme(scheme))) {
        isIn(window.page(), "Draining");
        isShown(window.page().locator("#step-Draining .output"));
        hasText(window.page().locator("#connection"), "live");
        assertThat(window.violations()).isEmpty();
        BrowserBed.picture(window.page(), "vm-" + (scheme == ColorScheme.DARK ? "dark" : "light"));
      }
    }
  }

  /** The picture in the README is {@code target/pages/vm-readme.png} of this. */
  @Test
  void looksAsInTheReadme() throws Exception {
    vm.hook("cordon", "10-load-balancer", "echo 'out of rotation at lb-west: 200 OK'")
        .hook("drain", "10-jobs", "echo 'jobs running: 7'", "echo 'jobs running: 3'", waitsAt("a"))
        .hook("drain", "20-replicas", "echo 'moved'")
        .start()
        .announce(REBOOT);
    try (Window window =
        bed.open(vm.page(), new Browser.NewContextOptions().setViewportSize(720, 1010))) {
      hasText(window.page().locator("#step-Draining .output"), "jobs running: 3");
      hasText(window.page().locator("#connection"), "live");
      window
          .page()
          .screenshot(new Page.ScreenshotOptions().setPath(BrowserBed.picture("vm-readme")));
      window.hasNoComplaints();
    }
  }

  @Test
  void isAccessibleAtRestAndWhereSomethingFailed() throws Exception {
    vm.hook("drain", "10-fails", "echo cannot leave", "exit 3").start();
    try (Window window = bed.open(vm.page())) {
      hasText(window.page().locator("#connection"), "live");
      assertThat(window.violations()).isEmpty();
      vm.announce(REBOOT);
      hasText(window.page().locator("#step-Draining"), "exit code 3");
      hasText(window.page().locator("#commands"), "drainwatch hooks run drain");
      assertThat(window.violations()).isEmpty();
      window.hasNoComplaints();
    }
  }

  @Test
  void tellsTheFactsWithoutJavaScript() throws Exception {
    gated().announce(REBOOT);
    vm.openGate("scheduled");
    vm.openGate("cordon");
    try (Window live = bed.open(vm.page());
        Window window =
            bed.open(vm.page(), new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      hasText(live.page().locator("#step-Draining .output"), "2 jobs left");
      window.page().reload();
      Page page = window.page();
      hasText(page.locator("[aria-current=step] h3"), "Draining");
      hasText(page.locator("#left"), "left to drain, until");
      hasText(page.locator("#step-Draining .output"), "2 jobs left");
      hasText(page.locator("#events"), "Host update");
      hasText(page.locator("#connection"), "as of 20");
      assertThat(page.content()).contains("http-equiv=\"refresh\"");
    }
  }

  @Test
  void fitsAPhone() throws Exception {
    vm.hook("drain", "10-a-name-that-is-rather-long-" + "x".repeat(90), "echo " + "y".repeat(390))
        .hook("drain", "20-jobs", "echo 2 jobs left", waitsAt("drain"))
        .start()
        .announce(REBOOT);
    try (Window window =
        bed.open(
            vm.page(),
            new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true))) {
      isIn(window.page(), "Draining");
      hasText(window.page().locator("#step-Draining"), "2 jobs left");
      assertThat(window.isNoWiderThanItsWindow()).isTrue();
      assertThat(window.violations()).isEmpty();
      BrowserBed.picture(window.page(), "vm-phone");
    }
  }

  @Test
  void saysThatItIsNotConnectedAndGoesOnWhenTheDaemonIsBack() throws Exception {
    gated();
    try (Window window = bed.open(vm.page())) {
      Page page = window.mark().page();
      hasText(page.locator("#connection"), "live");
      vm.openGate("scheduled");
      vm.announce(REBOOT);
      isIn(page, "Cordoned");
      vm.stop();
      hasText(page.locator("#connection"), "Not connected");
      isIn(page, "Cordoned"); // what was known stays
      vm.start();
      hasText(page.locator("#connection"), "live");
      vm.openGate("cordon");
      isIn(page, "Draining");
      assertThat(window.isNotLoadedAnew()).isTrue();
      assertThat(window.complaints())
          .isNotEmpty()
          .allMatch(each -> each.contains("net::ERR_"), "the broken connection, and nothing else");
    }
  }

  @Test
  void leavesFocusAndWhatIsOpenedAsTheyAre() throws Exception {
    gated().announce(REBOOT);
    vm.openGate("scheduled");
    vm.openGate("cordon");
    try (Window window = bed.open(vm.page())) {
      Page page = window.page();
      Locator earlier = page.locator("#step-Cordoned details");
      isShown(page.locator("#step-Draining .output"));
      page.reload(); // it may have been opened before the step was done, and what is open stays so
      isShown(page.locator("#step-Draining .output"));
      assertThat(earlier).not().hasAttribute("open", "");
      earlier.locator("summary").click();
      page.locator("#step-Draining .output").first().focus();
      page.evaluate("window.focused = document.activeElement");
      vm.openGate("drain");
      isIn(page, "Drained");
      assertThat(earlier).hasAttribute("open", "");
      assertThat(page.evaluate("document.activeElement.className")).isEqualTo("output");
      assertThat(page.evaluate("document.activeElement === window.focused")).isEqualTo(true);
      assertThat(page.locator("#said")).containsText("Drained.");
    }
  }

  @Test
  void changesNothing() throws Exception {
    vm.start();
    try (Window window = bed.open(vm.page())) {
      assertThat(window.page().locator("form, button, input").count()).isZero();
      Object refused =
          window
              .page()
              .evaluate("async () => (await fetch('maintenance/drain', {method: 'POST'})).status");
      assertThat(refused).isEqualTo(401);
    }
  }
}
