package io.drainwatch.drainer.context;

import io.drainwatch.drainer.context.ContextQuestion.KnownGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The group as the script sees it: the members that are known, else those named in the event; the
 * VM the context is about is always among them, once and by its own spelling. Names are compared as
 * they are written, and ignoring case.
 */
record GroupView(ContextQuestion question, VmFacts vm, Effects effects) {

  DrainContext.InstanceGroup group() {
    return new DrainContext.InstanceGroup(
        name(),
        effects.group(),
        question.group().map(KnownGroup::size).orElse(OptionalInt.empty()),
        members().stream().map(this::written).toList());
  }

  private Optional<String> name() {
    return scaleSet().or(() -> InstanceName.of(vm.name()).group());
  }

  private Optional<String> scaleSet() {
    return vm.scaleSet().filter(name -> !name.isBlank());
  }

  private List<KnownGroup.Member> members() {
    List<KnownGroup.Member> members = new ArrayList<>();
    question.group().map(KnownGroup::members).orElseGet(this::named).stream()
        .filter(member -> !holds(members, member.name()))
        .forEach(members::add);
    if (!holds(members, vm.name())) {
      members.addFirst(new KnownGroup.Member(vm.name(), Optional.empty()));
    }
    return members;
  }

  private List<KnownGroup.Member> named() {
    return question.occasion().event().resources().stream()
        .filter(this::isOfTheGroup)
        .map(name -> new KnownGroup.Member(name, Optional.empty()))
        .toList();
  }

  private boolean isOfTheGroup(String vmName) {
    Optional<String> scaleSet = scaleSet();
    if (scaleSet.isPresent()) {
      return InstanceName.isOfScaleSet(vmName, scaleSet.get());
    }
    Optional<String> group = InstanceName.of(vm.name()).group();
    return group.isPresent()
        && InstanceName.of(vmName).group().map(group.get()::equalsIgnoreCase).orElse(false);
  }

  private DrainContext.InstanceGroup.Member written(KnownGroup.Member member) {
    boolean subject = isSame(member.name(), vm.name());
    boolean affected = subject || isNamed(member.name());
    return new DrainContext.InstanceGroup.Member(
        subject ? vm.name() : member.name(),
        question.isSelf(member.name()),
        affected,
        subject ? Optional.of(question.invocation().stage()) : member.state(),
        affected ? effects.instance() : NextState.Instance.KEEP);
  }

  private boolean isNamed(String vmName) {
    return question.occasion().event().resources().stream().anyMatch(name -> isSame(name, vmName));
  }

  private static boolean holds(List<KnownGroup.Member> members, String vmName) {
    return members.stream().anyMatch(member -> isSame(member.name(), vmName));
  }

  private static boolean isSame(String vmName, String other) {
    return PlainText.of(vmName).equalsIgnoreCase(PlainText.of(other));
  }
}
