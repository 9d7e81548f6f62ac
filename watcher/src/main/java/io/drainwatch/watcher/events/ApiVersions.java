package io.drainwatch.watcher.events;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which API versions are tried, newest first (azure-scheduled-events.md, section 2). The versions
 * of the instance metadata are another list.
 *
 * @param configured where to begin, and what is kept to when none answers
 * @param probePreview whether the preview with the rebalance advice is tried as well
 */
public record ApiVersions(String configured, boolean probePreview) {
  /** {@value}: current, and the first with {@code DurationInSeconds}. */
  public static final String DEFAULT_VERSION = "2020-07-01";

  /** {@value}: only for subscriptions with the feature SpotPlus. */
  public static final String PREVIEW = "2024-07-09";

  private static final String OLDEST = "2017-08-01";
  private static final List<String> GENERALLY_AVAILABLE =
      List.of(OLDEST, "2017-11-01", "2019-01-01", "2019-04-01", "2019-08-01", DEFAULT_VERSION);
  private static final Pattern SHAPE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  public ApiVersions {
    if (!SHAPE.matcher(configured).matches() || configured.compareTo(OLDEST) < 0) {
      throw new IllegalArgumentException(
          "the API version must read like "
              + DEFAULT_VERSION
              + " and not be before "
              + OLDEST
              + ", but is \""
              + ForeignText.clean(configured, 40)
              + "\"");
    }
  }

  /** Dates of this shape sort as text. */
  List<String> newestFirst() {
    Stream<String> preview = probePreview ? Stream.of(PREVIEW) : Stream.of();
    Stream<String> older =
        GENERALLY_AVAILABLE.stream().filter(version -> version.compareTo(configured) < 0);
    return Stream.of(Stream.of(configured), preview, older)
        .flatMap(versions -> versions)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
