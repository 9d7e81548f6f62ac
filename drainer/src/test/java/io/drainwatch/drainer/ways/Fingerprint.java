package io.drainwatch.drainer.ways;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * 64 bits for a value, field by field: equal values have equal ones, whatever order their sets and
 * maps happen to have. With millions of states two that differ collide with a chance of one in a
 * million. What two states share is looked at once.
 */
final class Fingerprint {
  private static final int MOST_KNOWN = 200_000;
  private static final int LONG_TEXT = 32;

  /** What is to be known of a class, once. */
  private record Type(boolean isOurs, long name, Field[] fields) {
    static Type of(Class<?> type) {
      boolean isOurs = type.getName().startsWith("io.drainwatch.");
      return new Type(isOurs, text(type.getName()), isOurs ? fieldsOf(type) : new Field[0]);
    }
  }

  private final Map<Class<?>, Type> types = new HashMap<>();
  private final Map<Object, Long> known = new IdentityHashMap<>();

  long of(Object value) {
    boolean isToBeKept =
        value instanceof String text
            ? text.length() > LONG_TEXT
            : value != null && type(value).isOurs();
    if (!isToBeKept) {
      return look(value);
    }
    Long before = known.get(value);
    if (before != null) {
      return before;
    }
    long now = look(value);
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(value, now);
    return now;
  }

  private long look(Object value) {
    return switch (value) {
      case null -> 0x5bd1e995L;
      case String text -> text(text);
      case Enum<?> constant -> text(constant.name());
      case Boolean bool -> bool ? 0x1234567L : 0x7654321L;
      case Number number -> mix(number.longValue() + 11);
      case Instant at -> mix(at.getEpochSecond() * 31 + at.getNano() + 13);
      case Duration time -> mix(time.getSeconds() * 37 + time.getNano() + 17);
      case Optional<?> optional -> optional.map(each -> mix(of(each) + 1)).orElse(0xabcdefL);
      case OptionalInt optional -> optional.isPresent() ? mix(optional.getAsInt() + 3L) : 5L;
      case OptionalLong optional -> optional.isPresent() ? mix(optional.getAsLong() + 7L) : 9L;
      case List<?> list -> {
        long sum = 19;
        for (Object each : list) {
          sum = mix(sum * 31 + of(each));
        }
        yield sum;
      }
      case Collection<?> set -> {
        long sum = 23;
        for (Object each : set) {
          sum += mix(of(each) + 29);
        }
        yield mix(sum);
      }
      case Map<?, ?> map -> {
        long sum = 41;
        for (Map.Entry<?, ?> each : map.entrySet()) {
          sum += mix(of(each.getKey()) * 43 + of(each.getValue()));
        }
        yield mix(sum);
      }
      default -> fields(value);
    };
  }

  private long fields(Object value) {
    Type type = type(value);
    if (!type.isOurs()) {
      throw new AssertionError("not known how to look into a " + value.getClass());
    }
    long sum = type.name();
    try {
      for (Field field : type.fields()) {
        sum = mix(sum * 31 + of(field.get(value)));
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return sum;
  }

  private Type type(Object value) {
    return types.computeIfAbsent(value.getClass(), Type::of);
  }

  private static Field[] fieldsOf(Class<?> type) {
    Field[] fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(each -> !Modifier.isStatic(each.getModifiers()))
            .toArray(Field[]::new);
    Arrays.stream(fields).forEach(each -> each.setAccessible(true));
    return fields;
  }

  private static long text(String text) {
    long sum = 1125899906842597L;
    for (int i = 0; i < text.length(); i++) {
      sum = 31 * sum + text.charAt(i);
    }
    return mix(sum);
  }

  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
