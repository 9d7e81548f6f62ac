package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.SetNews;
import io.drainwatch.drainer.scaledown.Action;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.SetId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says each thing once: a plan says the same for the same situation every time. */
final class Speaker {
  private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);
  private static final int MOST_REMEMBERED = 10_000;

  private final Consumer<SetNews> events;
  private final Map<String, Boolean> said =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Speaker(Consumer<SetNews> events) {
    this.events = events;
  }

  /** Whether it is said for the first time, of this pod, claim or template. */
  boolean once(SetId set, Action.Say say) {
    String key = say.notice() + " " + say.subject();
    // the subject is the set: what is said of it may change
    boolean isOfTheSet = say.subject().equals(set.uid());
    if (said.put(isOfTheSet ? key + " " + say.detail() : key, true) != null) {
      return false;
    }
    say(set, say.notice(), say.detail());
    return true;
  }

  void say(SetId set, Notice notice, String detail) {
    if (notice.isWarning()) {
      LOG.warn("StatefulSet {}: {}", set, notice.note(detail));
    } else {
      LOG.info("StatefulSet {}: {}", set, notice.note(detail));
    }
    events.accept(new SetNews(notice, set, detail));
  }
}
