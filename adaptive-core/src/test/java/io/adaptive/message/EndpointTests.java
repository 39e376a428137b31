package io.adaptive.message;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, tcp:127.0.0.1:7001", "::1, tcp:[::1]:7001", "[::1], tcp:[::1]:7001",
			"fe80::1%no-such-interface0, tcp:[fe80::1%no-such-interface0]:7001",
			"example-1.com, tcp:example-1.com:7001", "in_docker, tcp:in_docker:7001",
			"bücher.example, tcp:bücher.example:7001" })
	void aTcpEndpointIsWrittenWithHostAndPort(String host, String text) {
		assertThat(new Endpoint.Tcp(host, 7001)).hasToString(text);
	}

	@Test
	void aTcpEndpointIsWrittenWithTheSameDigitsInEveryLocale() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			assertThat("%d".formatted(7001)).as("digits of the locale").isNotEqualTo("7001");
			assertThat(new Endpoint.Tcp("127.0.0.1", 7001)).hasToString("tcp:127.0.0.1:7001");
			assertThat(new Endpoint.Tcp("::1", 7001)).hasToString("tcp:[::1]:7001");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void bracketsAreNotPartOfTheAddress() {
		assertThat(new Endpoint.Tcp("[::1]", 7001)).isEqualTo(new Endpoint.Tcp("::1", 7001));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "example.com:7001", "127.0.0.1:80", "a b", "a/b", "user@host", "[]",
			"[example.com]", "[127.0.0.1]", "::1::", "1:2", "fe80::1%", "fe80::1%a b", "%eth0", "a\nb", "http://host" })
	void aHostIsANameOrAnAddressAndNothingElse(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Tcp(host, 7001))
			.withMessageContaining("A host is a name or an address, without a port")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65_536, Integer.MAX_VALUE })
	void aPortIsInRange(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint.Tcp("localhost", port))
			.withMessageContaining("65535")
			.withMessageContaining(String.valueOf(port));
	}

	@ParameterizedTest
	@CsvSource({ "example.org:7001, example.org, 7001", "example.org, example.org, 99", "10.0.0.7:0, 10.0.0.7, 0",
			"[::1]:7001, ::1, 7001", "[::1], ::1, 99", "::1, ::1, 99", "fe80::1%eth0, fe80::1%eth0, 99" })
	void anAddressIsReadAsItIsConfigured(String text, String host, int port) {
		assertThat(Endpoint.Tcp.parse(text, 99)).isEqualTo(new Endpoint.Tcp(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":7001", "host:", "host:http", "host:70000", "host:-1", "host:7001/", "[::1]:x",
			"a b:7001", "[host]:7001" })
	void whatIsNoAddressIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.Tcp.parse(text, 99));
	}

}
