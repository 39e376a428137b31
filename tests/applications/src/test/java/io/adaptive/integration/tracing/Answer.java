package io.adaptive.integration.tracing;

/**
 * What the services of the chain answer.
 */
record Answer(String output) {
}
