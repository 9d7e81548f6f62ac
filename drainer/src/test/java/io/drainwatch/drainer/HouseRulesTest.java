package io.drainwatch.drainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that a machine can check, for the drainer. */
class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.drainwatch.drainer");

  @Test
  void theCoreKnowsNoClockThreadSocketFileOrFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..drainer.maintenance..",
            "..drainer.pods..",
            "..drainer.nodes..",
            "..drainer.distant..",
            "..drainer.evictions..",
            "..drainer.budget..",
            "..drainer.coexistence..",
            "..drainer.relay..",
            "..drainer.notify..",
            "..drainer.scaledown..")
        .and()
        .haveSimpleNameNotEndingWith("Json")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.util.concurrent..",
            "org.slf4j..",
            "org.quartz..",
            "okhttp3..",
            "io.micronaut..",
            "com.fasterxml..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "..drainer.maintenance..",
            "..drainer.pods..",
            "..drainer.nodes..",
            "..drainer.evictions..",
            "..drainer.budget..",
            "..drainer.coexistence..",
            "..drainer.relay..",
            "..drainer.notify..",
            "..drainer.scaledown..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.InstantSource.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(CLASSES);
  }

  @Test
  void theJsonOfANodeKnowsNoClockThreadSocketOrFile() {
    noClasses()
        .that()
        .resideInAnyPackage("..drainer.nodes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void theDrainContextKnowsNoClockThreadSocketOrFile() {
    noClasses()
        .that()
        .resideInAnyPackage("..drainer.context..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void nobodyReadsTheSystemClockOrSleeps() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
  }

  @Test
  void nobodyUsesTheDefaultLocale() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(CLASSES);
  }

  @Test
  void theDrainerDoesNotKnowTheWatcher() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.drainwatch.watcher..")
        .check(CLASSES);
  }

  @Test
  void onlyTheClusterKnowsFabric8AndItsTransport() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..drainer.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "okhttp3..")
        .check(CLASSES);
  }

  @Test
  void ofTheClusterOnlyItsShellKnowsFabric8() {
    noClasses()
        .that()
        .resideInAPackage("..drainer.cluster..")
        .and()
        .areInterfaces()
        .or()
        .haveSimpleNameEndingWith("Rule")
        .or()
        .haveSimpleNameEndingWith("Reader")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "okhttp3..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.drainwatch.drainer.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingIsCalledManagerUtilHelperImplOrData() {
    classes().should().haveNameNotMatching(".*(Manager|Utils?|Helper|Impl|Data)$").check(CLASSES);
  }
}
