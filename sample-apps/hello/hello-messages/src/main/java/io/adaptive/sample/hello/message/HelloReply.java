package io.adaptive.sample.hello.message;

/**
 * The answer of the hello service.
 *
 * @param answer the answer, addressed to who asked
 */
public record HelloReply(String answer) {

}
