package io.adaptive.topidchart.page;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Logs where the page is, and who can read it.
 */
@Component
class PageAnnouncer {

	private static final Logger logger = LoggerFactory.getLogger(PageAnnouncer.class);

	private final Environment environment;

	PageAnnouncer(Environment environment) {
		this.environment = environment;
	}

	@EventListener
	void announce(WebServerInitializedEvent event) throws UnknownHostException {
		String address = this.environment.getProperty("server.address", "0.0.0.0");
		int port = event.getWebServer().getPort();
		if (InetAddress.getByName(address).isLoopbackAddress()) {
			logger.info("The page is at http://{}:{}/", address, port);
		}
		else {
			logger.warn("The page is at {} port {}, open to all who reach it, without a password", address, port);
		}
	}

}
