package io.adaptive.internal.client;

import ch.qos.logback.classic.Level;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionLogTests {

	@Test
	void whatAPeerGivesAsItsReasonStaysOnTheLine() {
		ConnectionInfo connection = new ConnectionInfo(new ServiceName("test", "echo"),
				new Instance(new ProviderId("p"), 1), Scope.LAN, new Endpoint.Tcp("localhost", 7000), null);
		try (CapturedLog log = new CapturedLog(AdaptiveClient.class.getName(), Level.INFO)) {
			ConnectionLog.ended(connection,
					new ErrorInfo(ErrorCode.UNAVAILABLE, "bye\r\nERROR all is lost\u001b[31m\u2028again"));
			assertThat(log.lines()).singleElement().asString().endsWith("reason=\"bye??ERROR all is lost?[31m?again\"");
		}
	}

}
