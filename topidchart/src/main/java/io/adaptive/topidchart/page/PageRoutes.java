package io.adaptive.topidchart.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The one page of all addresses: the list of sessions, and each session.
 */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

	private static final String SESSION = "/{tag}/{name:\\d{8}-.*}";

	@Bean
	RouterFunction<ServerResponse> page() {
		return RouterFunctions.route()
			.GET("/", (request) -> html())
			.HEAD("/", (request) -> html())
			.GET(SESSION, (request) -> html())
			.HEAD(SESSION, (request) -> html())
			.build();
	}

	private static Mono<ServerResponse> html() {
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_HTML)
			.bodyValue(new ClassPathResource("static/index.html"));
	}

}
