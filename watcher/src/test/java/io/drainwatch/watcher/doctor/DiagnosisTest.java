package io.drainwatch.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshEntry;
import io.drainwatch.drainer.bosh.BoshListing;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.scripts.Refusal;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import io.drainwatch.drainer.slipstream.SlipStreamListing;
import io.drainwatch.watcher.doctor.DaemonFacts.Listener;
import io.drainwatch.watcher.doctor.Finding.Result;
import io.drainwatch.watcher.doctor.StateFacts.Place;
import io.drainwatch.watcher.doctor.StateFacts.Record;
import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.notify.Inspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A machine where all is well, and each thing that can be wrong with it. */
class DiagnosisTest extends DiagnosedMachine {
  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.result()).isEqualTo(Result.OK))
        .allSatisfy(finding -> assertThat(finding.advice()).isEmpty());
  }

  @Test
  void othersCanWriteIntoTheStateDirectory() {
    place = new Place.There(0, "root", "rwxrwx---", true, true);
    finds(Result.PROBLEM, "state-directory", "others can write into it");
  }

  @Test
  void theStateDirectoryIsALink() {
    place = new Place.NotADirectory("is a symbolic link");
    finds(Result.PROBLEM, "state-directory", "is a symbolic link");
  }

  @Test
  void theStateDirectoryCannotBeMade() {
    place = new Place.Missing(false);
    finds(Result.WARNING, "state-directory", "cannot make it");
  }

  @Test
  void theJournalCannotBeRead() {
    record = new Record.Bad("damaged");
    finds(Result.PROBLEM, "journal", "damaged");
  }

  @Test
  void theDiskIsFull() {
    free = 1 << 20;
    finds(Result.PROBLEM, "disk-space", "1 MiB free");
    free = 100 << 20;
    finds(Result.WARNING, "disk-space", "100 MiB free");
  }

  @Test
  void nobodyCanBeTold() {
    receivers = List.of(new Inspection("ops", List.of("/x cannot be read"), Optional.empty()));
    finds(Result.WARNING, "receivers", "ops: /x cannot be read");
    receivers = List.of(new Inspection("ops", List.of(), Optional.of("host port 443: refused")));
    finds(Result.WARNING, "receivers", "ops: host port 443: refused");
    receivers = List.of(new Inspection("ops", List.of(), Optional.empty()));
    findsNothingWhereAllIsWell();
  }

  @Test
  void aScriptIsRefused() {
    entries =
        List.of(
            entry(
                new Verdict.Refused(
                    new Refusal(Refusal.Reason.FOREIGN_OWNER, Path.of("/x"), "uid 9"))));
    finds(Result.PROBLEM, "hooks", "refused: /x belongs neither to root");
  }

  @Test
  void aScriptIsNotExecutable() {
    entries =
        List.of(entry(new Verdict.Runs()), entry(new Verdict.Skipped("not executable", false)));
    finds(Result.WARNING, "hooks", "not executable");
  }

  @Test
  void thereIsNoScriptAtAll() {
    entries = List.of();
    finds(Result.WARNING, "hooks", "acknowledged at once");
  }

  @Test
  void scriptsOfAnotherContractAreScriptsToo() {
    entries = List.of();
    bosh = Optional.of(bosh(new Verdict.Runs()));
    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.result()).isEqualTo(Result.OK))
        .anyMatch(finding -> finding.check().equals("bosh"));

    bosh = Optional.of(bosh(new Verdict.Skipped("the job has no drain", true)));
    assertThat(findings())
        .filteredOn(finding -> finding.result() == Result.WARNING)
        .extracting(Finding::check)
        .containsExactly("hooks", "bosh");

    bosh = Optional.empty();
    slipstream =
        Optional.of(
            new SlipStreamFacts(
                Path.of("/s"),
                true,
                List.of(
                    new SlipStreamListing(
                        SlipStreamHook.PRE_SCALE,
                        List.of(
                            new SlipStreamListing.Target(
                                Optional.empty(), entry(new Verdict.Runs())))))));
    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.result()).isEqualTo(Result.OK))
        .anyMatch(finding -> finding.check().equals("slipstream"));
  }

  private static BoshFacts bosh(Verdict verdict) {
    return new BoshFacts(
        Path.of("/var/vcap"),
        true,
        List.of(
            new BoshListing(
                BoshScript.DRAIN,
                List.of(new BoshEntry("web", Path.of("/var/vcap/jobs/web/bin/drain"), verdict)))),
        List.of(),
        List.of());
  }

  @Test
  void aDirectoryIsNoHooks() {
    unknown = List.of("/etc/drainwatch/hooks.d/dran");
    finds(Result.WARNING, "hooks", "dran is no hook");
  }

  @Test
  void dryRunIsOn() {
    dryRun = true;
    finds(Result.WARNING, "hooks", "dry-run is on");
  }

  @Test
  void thisIsNoVmOfAzure() {
    isAzure = Optional.of(false);
    identity = new Identity.Failed(ErrorKind.UNREACHABLE, OptionalInt.empty(), "refused");
    poll = Optional.empty();
    finds(Result.PROBLEM, "metadata-service", "this is no VM of Azure");
  }

  @Test
  void thereIsNoRoute() {
    route = Optional.empty();
    finds(Result.PROBLEM, "route", "no route to 169.254.169.254");
  }

  @Test
  void somethingElseAnswers() {
    identity = new Identity.Failed(ErrorKind.NOT_FOUND, OptionalInt.of(404), "GET said 404");
    poll = Optional.empty();
    finds(Result.PROBLEM, "metadata-service", "GET said 404");
  }

  @Test
  void theFirstAnswerTakesItsTime() {
    poll =
        Optional.of(
            new PollResult.Failed(
                ErrorKind.TIMEOUT, OptionalInt.empty(), "timeout", Optional.empty()));
    finds(Result.WARNING, "scheduled-events", "no answer within 8 ms");
  }

  @Test
  void anotherNameIsConfigured() {
    configuredName = Optional.of("vm_1");
    finds(Result.WARNING, "identity", "drainwatch.vm-name says vm_1");
  }

  @Test
  void anEventIsPendingAndNobodyWatches() {
    poll = Optional.of(valid(reboot("vm_0"), reboot("vm_1")));
    assertThat(findings())
        .extracting(Finding::text)
        .contains("Reboot e, 1 for others")
        .doesNotContain("none for this VM");

    listener = new Listener.Nobody();
    assertThat(findings())
        .filteredOn(finding -> finding.check().equals("pending-events"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.result()).isEqualTo(Result.WARNING));
  }

  @Test
  void aSpotVmHasLittleTime() {
    identity =
        new Identity.Found(
            new VmFacts(
                "vm_0",
                Optional.of("id"),
                Optional.empty(),
                Optional.of("Spot"),
                Optional.of("Deallocate"),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    finds(Result.WARNING, "spot", "of which hooks have 24 s; it is deallocated then");
  }

  @Test
  void theTempDiskIsInUse() {
    tempDisk = Optional.of(new MachineFacts.TempDisk("/mnt", GIBIBYTE));
    finds(Result.WARNING, "temp-disk", "1024 MiB in use");
  }

  @Test
  void somethingElseHasThePort() {
    listener = new Listener.Stranger("it answers with HTTP 404");
    lockedBy = OptionalLong.empty();
    assertThat(findings())
        .filteredOn(finding -> finding.result() == Result.PROBLEM)
        .singleElement()
        .satisfies(finding -> assertThat(finding.check()).isEqualTo("http-port"));
  }

  @Test
  void theHostIsNotOurs() {
    hostIsOurs = false;
    finds(Result.PROBLEM, "http-port", "no address of this machine");
  }

  @Test
  void thePortCannotBeKnown() {
    port = -1;
    finds(Result.WARNING, "http-port", "cannot find the daemon");
  }

  @Test
  void theDaemonIsNotReady() {
    listener = new Listener.Drainwatch("1", List.of("stale"));
    finds(Result.PROBLEM, "daemon", "not ready: stale");
  }

  @Test
  void theDaemonIsNotRunning() {
    listener = new Listener.Nobody();
    lockedBy = OptionalLong.empty();
    finds(Result.WARNING, "daemon", "not running");
  }

  @Test
  void aDaemonHasTheDirectoryButDoesNotAnswer() {
    listener = new Listener.Nobody();
    finds(Result.PROBLEM, "daemon", "process 7 has the state directory but does not answer");
  }

  @Test
  void doctorIsRunAsSomebodyElse() {
    place = new Place.There(9, "drain", "rwx------", true, true);
    finds(Result.WARNING, "user", "scripts were judged for the wrong user");
    place = new Place.There(0, "root", "rwx------", true, true);
    systemd =
        new MachineFacts.Systemd(true, Optional.of(Path.of("/unit")), true, Optional.of("drain"));
    finds(Result.WARNING, "user", "the unit's user is drain");
  }

  @Test
  void theClockIsNotKept() {
    clock = new MachineFacts.Clock(Optional.empty(), Optional.empty());
    finds(Result.WARNING, "clock", "no time synchronisation");
    clock = new MachineFacts.Clock(Optional.of("systemd-timesyncd"), Optional.of(false));
    finds(Result.WARNING, "clock", "not synchronised yet");
  }

  @Test
  void javaIsNotAsItShouldBe() {
    java = new MachineFacts.Java(25, "25", GIBIBYTE, false, true, List.of());
    finds(Result.WARNING, "java", "without the options");
    java = new MachineFacts.Java(25, "25", GIBIBYTE, true, true, List.of("_JAVA_OPTIONS"));
    finds(Result.WARNING, "java", "_JAVA_OPTIONS set");
  }

  @Test
  void setsidIsMissing() {
    setsid = false;
    finds(Result.WARNING, "setsid", "may not be found");
  }

  @Test
  void theUnitIsNotInstalledOrNotEnabled() {
    systemd = new MachineFacts.Systemd(true, Optional.empty(), false, Optional.empty());
    finds(Result.WARNING, "systemd", "is not installed");
    systemd =
        new MachineFacts.Systemd(true, Optional.of(Path.of("/unit")), false, Optional.empty());
    finds(Result.WARNING, "systemd", "is not enabled");
  }

  @Test
  void anotherProgramWatchesToo() {
    others = List.of("aks-node-termin");
    finds(Result.WARNING, "other-programs", "aks-node-termin");
  }
}
