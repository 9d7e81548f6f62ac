package io.drainwatch.drainer.pods;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a pod says about the nodes it wants: its {@code nodeSelector} and the terms of its required
 * node affinity, of which one must hold.
 */
public record Pinning(Map<String, String> nodeSelector, List<Term> terms) {

  public static final Pinning NONE = new Pinning(Map.of(), List.of());

  private static final String NAME_FIELD = "metadata.name";
  private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

  public Pinning {
    nodeSelector = Map.copyOf(nodeSelector);
    terms = List.copyOf(terms);
  }

  /** {@code matchFields} and {@code matchExpressions}; all of them must hold. */
  public record Term(List<Requirement> fields, List<Requirement> expressions) {
    public Term {
      fields = List.copyOf(fields);
      expressions = List.copyOf(expressions);
    }

    // Kubernetes: a term without requirements matches no node.
    private boolean matchesNothing() {
      return fields.isEmpty() && expressions.isEmpty();
    }
  }

  /** One requirement, its operator as given. */
  public record Requirement(String key, String operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }

    private boolean allowsOnly(String wantedKey, String value) {
      return key.equals(wantedKey)
          && operator.equals("In")
          && !values.isEmpty()
          && values.stream().allMatch(value::equals);
    }
  }

  /** Whether no other node would do. Labels other than the host name are not taken for unique. */
  boolean isTo(String nodeName, String hostname) {
    return hostname.equals(nodeSelector.get(HOSTNAME_LABEL)) || termsAllow(nodeName, hostname);
  }

  private boolean termsAllow(String nodeName, String hostname) {
    List<Term> usable = terms.stream().filter(Predicate.not(Term::matchesNothing)).toList();
    return !usable.isEmpty()
        && usable.stream()
            .allMatch(
                term ->
                    term.fields().stream().anyMatch(each -> each.allowsOnly(NAME_FIELD, nodeName))
                        || term.expressions().stream()
                            .anyMatch(each -> each.allowsOnly(HOSTNAME_LABEL, hostname)));
  }
}
