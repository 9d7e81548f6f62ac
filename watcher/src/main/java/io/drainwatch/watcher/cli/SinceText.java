package io.drainwatch.watcher.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code 90m}, {@code 12h}, {@code 2d}, {@code 3w} ago; or a moment: {@code 2026-11-20}, {@code
 * 2026-11-20T10:00}, {@code 2026-11-20T10:00+01:00}. In UTC where no offset is said, as all times
 * are that are printed.
 */
final class SinceText implements ITypeConverter<SinceText.Since> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

  /** From when on. */
  interface Since {
    Instant before(Instant now);
  }

  @Override
  public Since convert(String given) {
    String text = given.strip();
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      Duration length = length(Long.parseLong(ago.group(1)), ago.group(2));
      return now -> now.minus(length);
    }
    Instant moment = moment(text);
    return now -> moment;
  }

  private static Duration length(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  private static Instant moment(String text) {
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean hasOffset = text.endsWith("Z") || text.matches(".*T.*[+-].*");
      return hasOffset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is no time: write 12h, 2d, 2026-11-20 or 2026-11-20T10:00Z");
    }
  }
}
