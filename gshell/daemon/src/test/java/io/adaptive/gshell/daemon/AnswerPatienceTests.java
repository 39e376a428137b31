package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.adaptive.gshell.daemon.GroupAnswers.Question;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long groups are waited for, and which of them are silent.
 */
class AnswerPatienceTests {

	@Test
	void theWaitGrowsWithTheLoad() {
		assertThat(new AnswerPatience(() -> -1, 2).now()).isEqualTo(Duration.ofSeconds(1));
		assertThat(new AnswerPatience(() -> 1.9, 2).now()).isEqualTo(Duration.ofSeconds(1));
		assertThat(new AnswerPatience(() -> 5, 2).now()).isEqualTo(Duration.ofMillis(2500));
		assertThat(new AnswerPatience(() -> 90, 2).now()).isEqualTo(Duration.ofSeconds(10));
	}

	private static Question<String> question(String name, CompletableFuture<String> answer) {
		ServiceInstance instance = new ServiceInstance(new ServiceName("gshell", RunningGroup.PREFIX + name),
				new Instance(new ProviderId("here"), 1), Scope.OS, List.of(new Endpoint.Tcp("localhost", 1)));
		return new Question<>(RunningGroup.of(instance), answer);
	}

	@Test
	void aTimeoutIsSilenceAndAnythingElseAFailure() {
		List<Question<String>> questions = List.of(question("a-1", CompletableFuture.completedFuture("hello")),
				question("b-1", new CompletableFuture<>()),
				question("c-1", CompletableFuture.failedFuture(new TimeoutException())),
				question("d-1",
						CompletableFuture.failedFuture(
								new ConnectionRefusedException(ErrorCode.DEADLINE_EXCEEDED, "no handshake in time"))),
				question("e-1", CompletableFuture
					.failedFuture(new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "no such socket"))));
		GroupAnswers<String> answers = GroupAnswers.await(questions, Duration.ofMillis(10));
		assertThat(answers.answers()).extracting(GroupAnswers.Answer::value).containsExactly("hello");
		assertThat(answers.silent()).containsExactly("b-1", "c-1", "d-1");
		assertThat(answers.failures())
			.containsExactly("The group e-1 has failed: no such socket; look at: gsh log e-1");
	}

}
