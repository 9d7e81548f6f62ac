package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.Frame;
import io.drainwatch.watcher.pages.PageTemplate;
import java.util.List;

/** The page of a VM as HTML: whole, or what is to be put in its place. */
public final class StatusPage {
  private static final String STREAM = "maintenance/stream";
  private static final String FRAGMENT = "live";

  private final PageTemplate whole = PageTemplate.named("status");
  private final PageTemplate fragment = PageTemplate.named("status-live");

  private record Whole(Frame frame, StatusView view) {}

  /** Everything, for a browser that comes. */
  public String whole(Known known) {
    StatusView view = StatusView.of(known);
    return whole.render(
        new Whole(
            new Frame(
                view.title(),
                StatusView.vm(known.status()),
                "VM",
                view.version(),
                known.status().at(),
                FRAGMENT,
                STREAM,
                List.of("status.css")),
            view));
  }

  /** What is inside {@code main}. */
  public String fragment(Known known) {
    return fragment.render(StatusView.of(known));
  }
}
