package io.adaptive.sample.hello.message;

/**
 * A question to the hello service.
 *
 * @param who who asks
 * @param question the question
 */
public record HelloRequest(String who, String question) {

}
