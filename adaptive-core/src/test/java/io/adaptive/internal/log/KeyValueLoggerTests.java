package io.adaptive.internal.log;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.message.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link KeyValueLogger}.
 */
class KeyValueLoggerTests {

	private final KeyValueLogger logger = KeyValueLogger.of(KeyValueLoggerTests.class);

	private final CapturedLog log = new CapturedLog(KeyValueLoggerTests.class.getName(), Level.DEBUG);

	@AfterEach
	void close() {
		this.log.close();
		MDC.clear();
	}

	private ILoggingEvent event() {
		assertThat(this.log.events()).hasSize(1);
		return this.log.events().get(0);
	}

	private Map<String, Object> pairs() {
		Map<String, Object> pairs = new LinkedHashMap<>();
		if (event().getKeyValuePairs() != null) {
			event().getKeyValuePairs().forEach((pair) -> pairs.put(pair.key, pair.value));
		}
		return pairs;
	}

	@Test
	void thePairsOfTheTextAreFieldsOfTheirOwn() {
		this.logger.info("published service={} scopes={} reason=\"{}\" count={}", new StringBuilder("a/b"),
				EnumSet.of(Scope.OS, Scope.LAN), "so it is", 3);
		assertThat(event().getFormattedMessage())
			.isEqualTo("published service=a/b scopes=[OS, LAN] reason=\"so it is\" count=3");
		assertThat(event().getLevel()).isEqualTo(Level.INFO);
		assertThat(pairs()).containsExactly(entry("adaptive.service", "a/b"),
				entry("adaptive.scopes", List.of("OS", "LAN")), entry("adaptive.reason", "so it is"),
				entry("adaptive.count", 3));
	}

	@Test
	void aPlaceWithoutAKeyIsNoField() {
		this.logger.warn("discovery scope=LAN {} port={}", "interfaces=[]", 7201);
		assertThat(event().getFormattedMessage()).isEqualTo("discovery scope=LAN interfaces=[] port=7201");
		assertThat(pairs()).containsExactly(entry("adaptive.port", 7201));
	}

	@Test
	void theLastValueWithoutAPlaceIsTheCause() {
		IllegalStateException cause = new IllegalStateException("no");
		this.logger.error("it failed service={}", "a/b", cause);
		assertThat(event().getThrowableProxy().getMessage()).isEqualTo("no");
		assertThat(event().getFormattedMessage()).isEqualTo("it failed service=a/b");
		assertThat(pairs()).containsOnlyKeys("adaptive.service");
	}

	@Test
	void aNameThatTheThreadCarriesIsNotUsedAgain() {
		MDC.put("adaptive.service", "x/y");
		this.logger.info("published service={} scopes={}", "a/b", "[]");
		assertThat(pairs()).containsOnlyKeys("adaptive.event.service", "adaptive.scopes");
	}

	@Test
	void whatIsNotWantedCostsNothing() {
		this.logger.trace("message type={}", new Object() {
			@Override
			public String toString() {
				throw new AssertionError("was asked");
			}
		});
		assertThat(this.log.events()).isEmpty();
	}

	@Test
	void thePlaceInTheCodeIsThatOfWhoLogs() {
		this.logger.debug("here");
		assertThat(event().getCallerData()[0].getMethodName()).isEqualTo("thePlaceInTheCodeIsThatOfWhoLogs");
	}

}
