package io.adaptive.benchmark.startup;

record HelloRequest(String who, String question) {

}
