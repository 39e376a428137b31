package io.adaptive.topidchart.page;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What every request has to be: reading, and for this host. A name that is not known may
 * be one that another site has pointed to this machine (DNS rebinding); an address
 * cannot.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestGuard implements WebFilter {

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'";

	private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9a-f:.]+\\]");

	private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

	private final Set<String> hosts = new HashSet<>(Set.of("localhost"));

	RequestGuard(PageProperties properties) {
		this.hosts.add(properties.host().toLowerCase(Locale.ROOT));
		properties.hosts().forEach((host) -> this.hosts.add(host.toLowerCase(Locale.ROOT)));
		this.hosts.remove("");
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Content-Security-Policy", POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		HttpMethod method = exchange.getRequest().getMethod();
		if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
			headers.set(HttpHeaders.ALLOW, "GET, HEAD");
			return end(exchange, HttpStatus.METHOD_NOT_ALLOWED);
		}
		if (!isKnown(exchange.getRequest().getHeaders().getFirst(HttpHeaders.HOST))) {
			return end(exchange, HttpStatus.MISDIRECTED_REQUEST);
		}
		return chain.filter(exchange);
	}

	private static Mono<Void> end(ServerWebExchange exchange, HttpStatus status) {
		exchange.getResponse().setStatusCode(status);
		return exchange.getResponse().setComplete();
	}

	private boolean isKnown(@Nullable String header) {
		if (header == null) {
			return false;
		}
		String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
		return this.hosts.contains(host) || ADDRESS.matcher(host).matches();
	}

}
