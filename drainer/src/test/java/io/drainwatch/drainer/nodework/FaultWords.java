package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.nodework.FaultCase.Often;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people must find in what they are told: the log's lines, the Events, the conditions. Nothing
 * is asked for where nobody has to know: a write that met another's is made again (409), a slow
 * answer is an answer, an Event that is lost is only logged.
 */
final class FaultWords {
  private FaultWords() {}

  static Optional<Pattern> of(FaultCase each) {
    return isToBeTold(each) ? Optional.of(Pattern.compile(words(each.fault()))) : Optional.empty();
  }

  private static boolean isToBeTold(FaultCase each) {
    if (each.fault() == Fault.SLOW) {
      return false;
    }
    boolean goesOn = each.often().compareTo(Often.TEN_MINUTES) >= 0;
    return switch (each.verb()) {
      // one that breaks off is begun anew without a word
      case WATCH -> each.fault() != Fault.TRUNCATED;
      case GET_NODE -> each.fault() != Fault.NOT_FOUND;
      case PATCH_NODE -> each.fault() != Fault.CONFLICT && each.fault() != Fault.NOT_FOUND;
      // a list that has expired begins anew twice before it has failed
      case LIST_PODS -> each.often() != Often.ONCE && (goesOn || each.fault() != Fault.GONE);
      // what failed and came through at the second try leaves nothing to explain
      case EVICT, DELETE_POD -> goesOn && !each.fault().commits();
      default -> false;
    };
  }

  private static String words(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST -> "400";
      case UNAUTHORIZED -> "401";
      case FORBIDDEN -> "403.* cannot ";
      case NAMESPACE_TERMINATING -> "403.* being terminated";
      case NOT_FOUND -> "404|reported gone, not confirmed";
      case NOT_ALLOWED -> "405";
      case CONFLICT -> "409";
      case GONE -> "410";
      case INVALID -> "422";
      case BUSY, BUSY_1, BUSY_10 -> "429";
      case SEVERAL_BUDGETS -> "more than one PodDisruptionBudget";
      case WEBHOOK -> "guard\\.example\\.com";
      case BAD_GATEWAY -> "502";
      case UNAVAILABLE -> "503";
      case GATEWAY_TIMEOUT -> "504";
      case RESET_BEFORE, RESET_AFTER -> "RESET|[Cc]onnection reset|unexpected end of stream";
      case TRUNCATED -> "200|RESET|[Uu]nexpected end|end-of-input|EOF";
      case WRONG_TYPE -> "200|no .*List|Unexpected character";
      case TLS -> "SSL|TLS|handshake";
      case SLOW, TIMEOUT_BEFORE, TIMEOUT_AFTER ->
          throw new IllegalArgumentException(fault.toString());
    };
  }
}
