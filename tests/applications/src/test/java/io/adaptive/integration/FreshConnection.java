package io.adaptive.integration;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Sends each request over a connection of its own. On one that is kept alive, the server
 * of Reactor Netty 1.3.7 can leave the next request unread for ever, if it comes right
 * after the answer before (reactor-netty issue 4361).
 */
public final class FreshConnection {

	private FreshConnection() {
	}

	/**
	 * Sends a request.
	 * @param request the request
	 * @return the answer
	 * @throws IOException if there is none
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

}
