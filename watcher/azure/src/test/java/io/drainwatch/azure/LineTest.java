package io.drainwatch.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Trouble;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Found by CI: a page that the test before had asked for, and not awaited, was a request of the
 * next one. Stubs are used again only when nobody is left who may ask them.
 */
@Timeout(60)
class LineTest {
  private static final Request REQUEST = new Request.Builder().url("http://localhost/").build();

  private final Line line = new Line();

  private void ask(Interceptor server) throws IOException {
    new OkHttpClient.Builder()
        .addInterceptor(line)
        .addInterceptor(server)
        .build()
        .newCall(REQUEST)
        .execute()
        .close();
  }

  private static Response answer(Interceptor.Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .body(ResponseBody.create("", null))
        .build();
  }

  @Test
  void isFreeWhenEachAnswerWasAwaited() throws IOException {
    ask(LineTest::answer);

    assertThat(line.cut()).isTrue();
  }

  @Test
  void isNotFreeWhenSomeoneGaveUp() {
    assertThatThrownBy(
            () ->
                ask(
                    chain -> {
                      throw new IOException("interrupted");
                    }))
        .hasMessage("interrupted");

    assertThat(line.cut()).isFalse();
  }

  @Test
  void isCutWhenTheRequestThatIsUnderWayIsOver() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Boolean> cut = new CompletableFuture<>();
    FutureTask<Void> asking =
        new FutureTask<>(
            () -> {
              ask(
                  chain -> {
                    begun.countDown();
                    await(end);
                    assertThat(cut).as("still under way").isNotDone();
                    return answer(chain);
                  });
              return null;
            });
    Thread.ofVirtual().start(asking);
    begun.await();
    Thread cutting = Thread.ofVirtual().start(() -> cut.complete(line.cut()));
    while (cutting.getState() == Thread.State.NEW || cutting.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    end.countDown();

    assertThat(cut.get()).isTrue();
    asking.get();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The stub itself is not handed on here: other classes run beside this one. */
  @Test
  void nothingOfATestThatIsOverReachesTheNext() {
    Arm arm = Arm.start();
    arm.answer(Arm.get(Arm.VM), Arm.ok(Shapes.BARE_VM));
    try (AzureResources left = arm.client()) {
      assertThat(left.vm(Arm.VM).found()).isPresent();

      assertThat(arm.isFreeOfItsTest()).isTrue();

      assertThat(left.vm(Arm.VM).problem()).map(Trouble::kind).contains(Trouble.Kind.NO_CONNECTION);
      assertThat(arm.requests()).as("the first one alone").hasSize(1);
    } finally {
      arm.stop();
    }
  }

  @Test
  void aStubThatIsSlowOrBreaksConnectionsIsNobodysAgain() {
    Arm slow = Arm.start();
    slow.answer(Arm.get(Arm.VM), Arm.ok(Shapes.BARE_VM).withFixedDelay(1));
    Arm broken = Arm.start();
    broken.answer(Arm.get(Arm.VM), Arm.ok("").withFault(Fault.EMPTY_RESPONSE));

    slow.close();
    broken.close();

    assertThat(slow.server.isRunning()).isFalse();
    assertThat(broken.server.isRunning()).isFalse();
  }
}
