package io.drainwatch.watcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.core.QuartzScheduler;
import org.quartz.core.QuartzSchedulerResources;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.StdJobRunShellFactory;
import org.quartz.impl.StdScheduler;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleClassLoadHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when: polls, the core's alarm. Quartz with its store in memory; all of it is armed
 * anew from the record after a start.
 *
 * <p>Quartz goes by the wall clock. A clock that is stepped back would put every trigger off, so
 * whoever watches the clock calls {@link #at} anew then.
 */
final class Times implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Times.class);

  /** Quartz fires up to 2 ms early and knows no less than a millisecond; nobody is asked early. */
  private static final Duration NOT_EARLY = Duration.ofMillis(3);

  /** What Quartz itself goes by, whatever clock we are given. */
  private static final InstantSource QUARTZ = InstantSource.system();

  private static final long QUARTZ_DECIDES = -1;

  private static final TriggerKey NOTHING = TriggerKey.triggerKey("nothing");

  /** Of this class's jobs only: Quartz makes them by name. */
  private final Map<JobKey, Runnable> work = new ConcurrentHashMap<>();

  private final InstantSource clock;
  private final Scheduler scheduler;

  /**
   * @param clock that moments are given by; Quartz has the system's, of which this one may differ
   */
  Times(InstantSource clock) {
    this.clock = clock;
    try {
      scheduler = inMemory();
      scheduler.setJobFactory((bundle, from) -> context -> run(context.getJobDetail().getKey()));
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Put together by hand: Quartz's own factory finds and fills its parts by name, for which it
   * looks through bean descriptions, all jars, and a file of properties.
   */
  private static Scheduler inMemory() throws SchedulerException {
    QuartzThreads threads = new QuartzThreads();
    threads.initialize();
    RAMJobStore store = new RAMJobStore();
    StdJobRunShellFactory jobs = new StdJobRunShellFactory();
    QuartzSchedulerResources parts = new QuartzSchedulerResources();
    parts.setName("drainwatch");
    parts.setInstanceId("drainwatch");
    parts.setMakeSchedulerThreadDaemon(true);
    parts.setThreadExecutor(new DefaultThreadExecutor());
    parts.setThreadPool(threads);
    parts.setJobStore(store);
    parts.setJobRunShellFactory(jobs);
    QuartzScheduler core = new QuartzScheduler(parts, QUARTZ_DECIDES, QUARTZ_DECIDES);
    store.initialize(new SimpleClassLoadHelper(), core.getSchedulerSignaler());
    Scheduler scheduler = new StdScheduler(core);
    jobs.initialize(scheduler);
    core.initialize();
    return scheduler;
  }

  private void run(JobKey key) {
    Runnable job = work.get(key);
    if (job != null) {
      try {
        job.run();
      } catch (RuntimeException e) {
        LOG.error("{} failed, it is tried again at its next time", key.getName(), e);
      }
    }
  }

  void start() {
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start: " + e.getMessage(), e);
    }
  }

  /** Says what {@code name} does; {@link #at} says when. */
  void define(String name, Runnable job) {
    JobKey key = JobKey.jobKey(name);
    work.put(key, job);
    JobDetail detail = JobBuilder.newJob(Job.class).withIdentity(key).storeDurably().build();
    try {
      scheduler.addJob(detail, true);
    } catch (SchedulerException e) {
      throw new IllegalStateException("cannot define " + name + ": " + e.getMessage(), e);
    }
  }

  /** Once, never before that moment and soon after; replaces what was set for this name. */
  void at(String name, Instant moment) {
    set(name, TriggerBuilder.newTrigger().startAt(inQuartzTime(moment)));
  }

  /** Again and again, the first time after one interval; replaces what was set for this name. */
  void each(String name, Duration interval) {
    set(
        name,
        TriggerBuilder.newTrigger()
            .startAt(inQuartzTime(clock.instant().plus(interval)))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(interval.toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount()));
  }

  private void set(String name, TriggerBuilder<?> when) {
    TriggerKey key = TriggerKey.triggerKey(name);
    Trigger trigger = when.withIdentity(key).forJob(name).build();
    try {
      if (scheduler.rescheduleJob(key, trigger) == null) {
        scheduler.scheduleJob(trigger);
      }
      lookAgain();
    } catch (SchedulerException e) {
      if (isRunning()) {
        LOG.error(
            "cannot set {} for {}: {}", name, trigger.getStartTime().toInstant(), e.getMessage());
      }
    }
  }

  /**
   * Quartz remembers one change only: a later moment set by another thread in the same instant
   * would hide this one, and it would sleep on until what it waited for before. Resuming anything,
   * even what does not exist, makes it look at everything anew.
   */
  private void lookAgain() throws SchedulerException {
    scheduler.resumeTrigger(NOTHING);
  }

  private Date inQuartzTime(Instant moment) {
    Instant there = QUARTZ.instant().plus(Duration.between(clock.instant(), moment));
    return Date.from(there.truncatedTo(ChronoUnit.MILLIS).plus(NOT_EARLY));
  }

  void cancel(String name) {
    try {
      scheduler.unscheduleJob(TriggerKey.triggerKey(name));
    } catch (SchedulerException e) {
      if (isRunning()) {
        LOG.error("cannot cancel {}: {}", name, e.getMessage());
      }
    }
  }

  private boolean isRunning() {
    try {
      return !scheduler.isShutdown();
    } catch (SchedulerException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      LOG.warn("Quartz does not stop: {}", e.getMessage());
    }
  }
}
