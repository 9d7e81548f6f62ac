package io.drainwatch.watcher.azure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What our identity may do somewhere, from all its roles together. */
public record Permissions(List<Grant> grants) {

  /** One role's actions, less those that it takes out; both may have stars. */
  public record Grant(List<String> actions, List<String> notActions) {
    public Grant {
      actions = List.copyOf(actions);
      notActions = List.copyOf(notActions);
    }

    boolean allows(String action) {
      return actions.stream().anyMatch(pattern -> matches(pattern, action))
          && notActions.stream().noneMatch(pattern -> matches(pattern, action));
    }

    private static boolean matches(String pattern, String action) {
      String regex = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
      return action.toLowerCase(Locale.ROOT).matches(regex);
    }
  }

  public Permissions {
    grants = List.copyOf(grants);
  }

  /** What one role takes out another may give. */
  public boolean allow(String action) {
    return grants.stream().anyMatch(grant -> grant.allows(action));
  }
}
