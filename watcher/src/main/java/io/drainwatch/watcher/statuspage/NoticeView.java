package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.report.Happening;

/** Something that was said during the maintenance. */
record NoticeView(Moment at, String text, String detail, boolean warning) {

  static NoticeView of(Happening.Notice notice) {
    return new NoticeView(
        Moment.clock(notice.at()),
        ShownText.of(notice.text()),
        ShownText.of(notice.detail(), 1000),
        notice.warning());
  }
}
